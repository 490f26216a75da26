{{ config(
    materialized='incremental', incremental_strategy='append',
    pre_hook="{{ forget_nights() }}", on_schema_change='fail'
) }}

with turns as (
    select * from {{ ref('stg_lake__turns') }}
    where {{ in_nights('batch_date') }}
),

final as (
    select
        call_id,
        turn_index,
        batch_date,
        speaker,
        start_s,
        end_s,
        text,
        is_backchannel,
        pitch_z,
        loudness_z,
        rate_z
    from turns
)

select * from final
