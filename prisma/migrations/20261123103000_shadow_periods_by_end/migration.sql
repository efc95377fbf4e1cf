-- The door asks for periods that had not ended when something was planned: the newest, however many there were.
DROP INDEX "desk"."shadow_period_workspace_id_began_at_idx";

-- CreateIndex
CREATE INDEX "shadow_period_workspace_id_ended_at_idx" ON "desk"."shadow_period"("workspace_id", "ended_at");
