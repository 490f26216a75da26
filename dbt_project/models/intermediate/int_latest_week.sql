{{ config(materialized='table') }}

with weeks as (
    select * from {{ ref('int_rep_criterion_weeks') }}
),

final as (
    select max(week_start_on) as week_start_on
    from weeks
)

select * from final
