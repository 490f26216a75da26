{{ config(
    materialized='incremental', incremental_strategy='delete+insert', unique_key='call_id',
    pre_hook="{{ forget_nights() }}"
) }}

with calls as (
    select
        call_id,
        batch_date
    from {{ ref('stg_lake__calls') }}
    where is_scored and {{ in_nights('batch_date') }}
),

signals as (
    select * from {{ ref('stg_lake__signals') }}
    where {{ in_nights('batch_date') }}
),

counted as (
    select
        call_id,
        count(*) filter (where kind = 'empathy') as empathy_opportunity_count,
        count(*) filter (where kind = 'empathy' and label in ('good', 'average')) as empathy_shown_count,
        count(*) filter (where kind = 'empathy' and label = 'good') as empathy_specific_count,
        count(*) filter (where kind = 'interruption') as interruption_count,
        max(value) filter (where kind = 'talk' and label = 'customer_statement_count') as customer_statement_count,
        max(value) filter (where kind = 'talk' and label = 'rep_talk_share') as rep_talk_share,
        max(value) filter (where kind = 'talk' and label = 'silence_share') as silence_share,
        max(value) filter (where kind = 'talk' and label = 'response_gap_median_s') as response_gap_median_s,
        max(value) filter (where kind = 'talk' and label = 'rep_words_per_minute') as rep_words_per_minute,
        count(*) filter (where kind = 'question' and label = 'open' and phase = 'discovery') as open_question_count,
        count(*) filter (where kind = 'question' and label = 'closed' and phase = 'discovery') as closed_question_count,
        count(*) filter (where kind = 'hedge') as hedge_count,
        count(*) filter (where kind = 'paraphrase') as paraphrase_count,
        count(*) filter (where kind = 'clarifying_question') as clarifying_question_count,
        count(*) filter (where kind = 'escalation') as escalation_count,
        count(*) filter (where kind = 'tension') as tension_count,
        max(value) filter (where kind = 'regulation' and label = 'slope') as regulation_slope,
        max(value) filter (where kind = 'regulation' and label = 'customer_calmed') as customer_calmed,
        max(label) filter (where kind = 'outcome') as outcome_heard,
        max(value) filter (where kind = 'customer_state') as customer_end_state,
        count(*) filter (where kind = 'adaptability') as failed_attempt_count,
        count(*) filter (where kind = 'adaptability' and label = 'changed') as changed_approach_count
    from signals
    group by call_id
),

final as (
    select
        calls.call_id,
        calls.batch_date,
        coalesce(counted.empathy_opportunity_count, 0) as empathy_opportunity_count,
        coalesce(counted.empathy_shown_count, 0) as empathy_shown_count,
        coalesce(counted.empathy_specific_count, 0) as empathy_specific_count,
        coalesce(counted.interruption_count, 0) as interruption_count,
        cast(counted.customer_statement_count as bigint) as customer_statement_count,
        counted.rep_talk_share,
        counted.silence_share,
        counted.response_gap_median_s,
        counted.rep_words_per_minute,
        coalesce(counted.open_question_count, 0) as open_question_count,
        coalesce(counted.closed_question_count, 0) as closed_question_count,
        coalesce(counted.hedge_count, 0) as hedge_count,
        coalesce(counted.paraphrase_count, 0) as paraphrase_count,
        coalesce(counted.clarifying_question_count, 0) as clarifying_question_count,
        coalesce(counted.escalation_count, 0) as escalation_count,
        coalesce(counted.tension_count, 0) as tension_count,
        counted.regulation_slope,
        counted.customer_calmed,
        counted.outcome_heard,
        counted.customer_end_state,
        coalesce(counted.failed_attempt_count, 0) as failed_attempt_count,
        coalesce(counted.changed_approach_count, 0) as changed_approach_count
    from calls
    left join counted on calls.call_id = counted.call_id
)

select * from final
