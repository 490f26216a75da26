{{ config(materialized='table') }}

with weekly as (
    select * from {{ ref('rep_weekly_signals') }}
),

recent_weeks as (
    select * from {{ ref('int_recent_weeks') }}
    where weeks_back < 4
),

final as (
    select
        weekly.rep_id,
        sum(weekly.hedge_count) / sum(weekly.call_count) as hedges_per_call,
        sum(weekly.interrupted_statement_count) / nullif(sum(weekly.customer_statement_count), 0) as interrupted_share
    from recent_weeks
    inner join weekly on recent_weeks.week_start_on = weekly.week_start_on
    group by weekly.rep_id
)

select * from final
