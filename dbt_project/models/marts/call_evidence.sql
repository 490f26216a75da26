{{ config(
    materialized='incremental', incremental_strategy='delete+insert', unique_key='evidence_id',
    pre_hook="{{ forget_nights() }}", on_schema_change='fail'
) }}

with evidence as (
    select * from {{ ref('stg_lake__evidence') }}
    where {{ in_nights('batch_date') }}
),

calls as (
    select * from {{ ref('stg_lake__calls') }}
    where {{ in_nights('batch_date') }}
),

criteria as (
    select * from {{ ref('stg_lake__rubric_criteria') }}
    where is_in_force
),

final as (
    select
        evidence.evidence_id,
        evidence.score_id,
        evidence.call_id,
        evidence.criterion_id,
        coalesce(criteria.criterion_name, evidence.criterion_id) as criterion_name,
        calls.batch_date,
        calls.week_start_on,
        calls.started_at,
        calls.rep_id,
        calls.team_id,
        calls.rubric_id,
        calls.source,
        evidence.level,
        evidence.turn_index,
        evidence.quote,
        evidence.start_s,
        evidence.end_s,
        evidence.cue_turn_index,
        evidence.cue_quote,
        evidence.cue_start_s,
        evidence.why,
        evidence.confidence
    from evidence
    inner join calls on evidence.call_id = calls.call_id
    left join criteria
        on calls.rubric_id = criteria.rubric_id and evidence.criterion_id = criteria.criterion_id
)

select * from final
