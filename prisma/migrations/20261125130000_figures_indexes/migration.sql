-- The newest name of a product that thousands of actions were about is one row of the index, and not a sort of all of them.
DROP INDEX "desk"."action_line_workspace_id_product_id_idx";
CREATE INDEX "action_line_workspace_id_product_id_action_id_idx" ON "desk"."action_line"("workspace_id", "product_id", "action_id");

-- What is not in the sheet yet is looked for each minute, among all that ever was.
create index sheets_log_row_unwritten on desk.sheets_log_row (workspace_id, ended_at) where written_at is null;
