{{ config(
    materialized='incremental', incremental_strategy='delete+insert', unique_key='signal_id',
    pre_hook="{{ forget_nights() }}", on_schema_change='fail'
) }}

with signals as (
    select * from {{ ref('stg_lake__signals') }}
    where turn_index is not null and {{ in_nights('batch_date') }}
),

final as (
    select
        signal_id,
        call_id,
        batch_date,
        kind,
        label,
        value,
        confidence,
        turn_index,
        cue_turn_index,
        phase,
        start_s,
        end_s,
        quote
    from signals
)

select * from final
