{{ config(materialized='table') }}

with latest as (
    select * from {{ ref('int_latest_week') }}
),

-- A join with few weeks lets the scan skip files and row groups of other weeks, which a comparison with a subquery
-- would read: what looks back costs the same however long the history is.
final as (
    select
        steps.weeks_back,
        cast(latest.week_start_on - cast(7 * steps.weeks_back as integer) as date) as week_start_on
    from latest
    cross join range(0, {{ var('lookback_weeks') }}) as steps (weeks_back)
    where latest.week_start_on is not null
)

select * from final
