-- A file whose bytes are gone or broken keeps the scanner from no other; it is tried again each night.
alter table desk.stored_file drop constraint stored_file_scan_check,
  add constraint stored_file_scan_check check (scan in ('waiting', 'clean', 'infected', 'too_large', 'unscanned', 'unreadable'));

create index stored_file_unreadable on desk.stored_file (workspace_id) where scan = 'unreadable';
