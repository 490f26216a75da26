{{ config(
    materialized='incremental', incremental_strategy='delete+insert', unique_key='call_id',
    pre_hook="{{ forget_nights() }}", on_schema_change='fail'
) }}

with calls as (
    select * from {{ ref('stg_lake__calls') }}
    where {{ call_changed() }}
),

outcomes as (
    select * from {{ ref('stg_lake__outcomes') }}
),

signals as (
    select * from {{ ref('int_call_signals_summarised') }}
),

final as (
    select
        calls.call_id,
        calls.batch_date,
        calls.week_start_on,
        calls.started_at,
        calls.rep_id,
        calls.rep_name,
        calls.team_id,
        calls.queue,
        calls.direction,
        calls.rubric_id,
        calls.source,
        calls.status,
        calls.reason,
        calls.roles_decided_by,
        calls.roles_confidence,
        calls.language,
        calls.understood_share,
        calls.channel_layout,
        calls.has_recording,
        calls.is_timed,
        calls.duration_s,
        calls.overall_score,
        cast(date_diff('day', calls.rep_hired_on, cast(calls.started_at as date)) as integer) as tenure_days,
        outcomes.csat,
        outcomes.is_converted,
        outcomes.received_at as outcome_received_at,
        signals.empathy_opportunity_count,
        signals.empathy_shown_count,
        signals.empathy_specific_count,
        signals.interruption_count,
        signals.customer_statement_count,
        signals.rep_talk_share,
        signals.silence_share,
        signals.response_gap_median_s,
        signals.rep_words_per_minute,
        signals.open_question_count,
        signals.closed_question_count,
        signals.hedge_count,
        signals.escalation_count,
        signals.regulation_slope,
        signals.customer_calmed,
        signals.outcome_heard,
        signals.customer_end_state,
        signals.failed_attempt_count,
        signals.changed_approach_count,
        calls.rubric_version,
        calls.model_fingerprint,
        calls.pipeline_version,
        calls.processed_at
    from calls
    left join outcomes on calls.call_id = outcomes.call_id
    left join signals on calls.call_id = signals.call_id
)

select * from final
