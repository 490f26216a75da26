{{ config(
    materialized='incremental', incremental_strategy='delete+insert', unique_key='score_id',
    pre_hook="{{ forget_nights() }}", on_schema_change='fail'
) }}

with scores as (
    select * from {{ ref('stg_lake__scores') }}
    where {{ in_nights('batch_date') }}
),

calls as (
    select * from {{ ref('stg_lake__calls') }}
    where {{ in_nights('batch_date') }}
),

criteria as (
    select * from {{ ref('stg_lake__rubric_criteria') }}
),

final as (
    select
        scores.score_id,
        scores.call_id,
        scores.criterion_id,
        criteria.criterion_name,
        calls.batch_date,
        calls.week_start_on,
        calls.started_at,
        calls.rep_id,
        calls.team_id,
        calls.queue,
        calls.source,
        scores.score,
        scores.level,
        scores.confidence,
        scores.opportunity_count,
        scores.abstained_reason,
        criteria.weight,
        criteria.target_score,
        scores.rubric_id,
        scores.rubric_version,
        scores.rubric_sha256,
        scores.model_fingerprint
    from scores
    inner join calls on scores.call_id = calls.call_id
    left join criteria
        on
            scores.rubric_id = criteria.rubric_id
            and scores.rubric_sha256 = criteria.rubric_sha256
            and scores.criterion_id = criteria.criterion_id
)

select * from final
