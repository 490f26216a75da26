{{ config(
    materialized='incremental', incremental_strategy='append',
    pre_hook="{{ forget_nights() }}", on_schema_change='fail'
) }}

with calls as (
    select * from {{ ref('stg_lake__calls') }}
    where source = 'live' and {{ in_nights('batch_date') }}
),

final as (
    select
        batch_date,
        count(*) as landed_count,
        count(*) filter (where is_scored) as scored_count,
        count(*) filter (where not is_scored) as quarantined_count,
        count(*) filter (where is_scored) / count(*) as coverage_share,
        sum(duration_s) filter (where is_scored) / 60 as scored_minutes,
        sum(duration_s) filter (where is_scored and has_recording) / 60 as audio_minutes
    from calls
    group by batch_date
)

select * from final
