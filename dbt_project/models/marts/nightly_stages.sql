{{ config(
    materialized='incremental', incremental_strategy='append',
    pre_hook="{{ forget_nights() }}", on_schema_change='fail'
) }}

with timings as (
    select * from {{ ref('stg_lake__stage_timings') }}
    where {{ in_nights('batch_date') }}
),

nights as (
    select
        batch_date,
        count(distinct call_id) as measured_count
    from timings
    group by batch_date
),

stages as (
    select
        batch_date,
        stage,
        count(*) as call_count,
        sum(wall_s) as wall_s,
        quantile_cont(wall_s, 0.5) as wall_s_median,
        quantile_cont(wall_s, 0.95) as wall_s_p95,
        sum(cpu_s) as cpu_s,
        sum(gpu_s) as gpu_s
    from timings
    group by batch_date, stage
),

final as (
    select
        stages.batch_date,
        stages.stage,
        stages.call_count,
        nights.measured_count,
        stages.wall_s,
        stages.wall_s_median,
        stages.wall_s_p95,
        stages.cpu_s,
        stages.gpu_s
    from stages
    inner join nights on stages.batch_date = nights.batch_date
)

select * from final
