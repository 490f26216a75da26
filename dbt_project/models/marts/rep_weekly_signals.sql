{{ config(
    materialized='incremental', incremental_strategy='append',
    pre_hook="{{ forget_weeks() }}", on_schema_change='fail'
) }}

with calls as (
    select * from {{ ref('calls') }}
    where source = 'live' and status = 'scored' and {{ week_changed('week_start_on') }}
),

summed as (
    select
        rep_id,
        team_id,
        week_start_on,
        count(*) as call_count,
        cast(sum(empathy_opportunity_count) as bigint) as empathy_opportunity_count,
        cast(sum(empathy_shown_count) as bigint) as empathy_shown_count,
        cast(sum(case when is_timed then customer_statement_count end) as bigint) as customer_statement_count,
        cast(sum(case when is_timed then interruption_count end) as bigint) as interrupted_statement_count,
        cast(sum(open_question_count) as bigint) as open_question_count,
        cast(sum(closed_question_count) as bigint) as closed_question_count,
        cast(sum(hedge_count) as bigint) as hedge_count,
        avg(hedge_count) as hedges_per_call,
        stddev_samp(hedge_count) as hedges_sd,
        avg(regulation_slope) as mean_regulation_slope,
        stddev_samp(regulation_slope) as regulation_sd,
        count(regulation_slope) as regulation_call_count,
        avg(rep_talk_share) as mean_rep_talk_share,
        avg(silence_share) as mean_silence_share
    from calls
    group by all
),

quantiles as (
    select * from {{ ref('t_quantiles') }}
),

final as (
    select
        summed.rep_id,
        summed.team_id,
        summed.week_start_on,
        summed.call_count,
        summed.empathy_opportunity_count,
        summed.empathy_shown_count / nullif(summed.empathy_opportunity_count, 0) as empathy_share,
        {{ wilson_low('summed.empathy_shown_count', 'summed.empathy_opportunity_count') }} as empathy_share_low,
        {{ wilson_high('summed.empathy_shown_count', 'summed.empathy_opportunity_count') }} as empathy_share_high,
        summed.customer_statement_count,
        summed.interrupted_statement_count,
        summed.interrupted_statement_count / nullif(summed.customer_statement_count, 0) as interrupted_share,
        {{ wilson_low('summed.interrupted_statement_count', 'summed.customer_statement_count') }}
            as interrupted_share_low,
        {{ wilson_high('summed.interrupted_statement_count', 'summed.customer_statement_count') }}
            as interrupted_share_high,
        summed.open_question_count,
        summed.closed_question_count,
        summed.open_question_count / nullif(summed.open_question_count + summed.closed_question_count, 0)
            as open_question_share,
        summed.open_question_count / nullif(summed.closed_question_count, 0) as open_to_closed_ratio,
        summed.hedge_count,
        summed.hedges_per_call,
        {{ t_margin('quantiles.quantile', 'summed.hedges_sd', 'summed.call_count') }}
            as hedges_per_call_margin,
        summed.mean_regulation_slope,
        summed.regulation_call_count,
        summed.mean_rep_talk_share,
        summed.mean_silence_share
    from summed
    left join quantiles on summed.call_count - 1 = quantiles.degrees_of_freedom
)

select * from final
