-- AlterTable
ALTER TABLE "desk"."mailbox_mail" ADD COLUMN     "mail_key" TEXT;

create index mailbox_mail_beside on desk.mailbox_mail (workspace_id, mail_key) where mail_key is not null;
