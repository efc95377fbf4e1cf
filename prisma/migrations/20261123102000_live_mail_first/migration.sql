-- What waits is filed live mail first, so that a reading of earlier mail holds up nobody.
drop index desk.mailbox_mail_received;
create index mailbox_mail_received on desk.mailbox_mail (workspace_id, mailbox_id, historical, seq) where state = 'received';
