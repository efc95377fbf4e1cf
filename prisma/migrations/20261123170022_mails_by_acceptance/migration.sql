-- CreateIndex
CREATE INDEX "mailbox_mail_workspace_id_mailbox_id_accepted_at_idx" ON "desk"."mailbox_mail"("workspace_id", "mailbox_id", "accepted_at");
