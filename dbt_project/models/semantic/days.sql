{{ config(materialized='view', schema='semantic') }}

with days as (
    select cast(unnest(generate_series(date '2015-01-01', date '2040-12-31', interval 1 day)) as date) as day_on
),

final as (
    select
        day_on,
        cast(date_trunc('week', day_on) as date) as week_start_on
    from days
)

select * from final
