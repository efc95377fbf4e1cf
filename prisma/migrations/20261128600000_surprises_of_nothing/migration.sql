-- Mail that does not come at all is a surprise, too.
alter table desk.surprise drop constraint surprise_check1, add constraint surprise_counts check (now >= 0 and usual >= 0);
