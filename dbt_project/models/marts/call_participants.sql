{{ config(
    materialized='incremental', incremental_strategy='append',
    pre_hook="{{ forget_nights() }}", on_schema_change='fail'
) }}

with participants as (
    select * from {{ ref('stg_lake__participants') }}
    where {{ in_nights('batch_date') }}
),

final as (
    select
        participant_id,
        call_id,
        label,
        participant_name,
        role,
        channel,
        word_count,
        talk_s,
        first_start_s,
        first_words,
        batch_date
    from participants
)

select * from final
