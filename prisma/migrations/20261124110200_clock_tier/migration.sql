-- AlterTable
ALTER TABLE "desk"."sla_clock" ADD COLUMN     "tier" TEXT;

alter table desk.sla_clock add check (tier in ('standard', 'plus', 'vip'));
grant select (tier) on desk.sla_clock to desk_lake;
