with source as (
    select * from {{ source('lake', 'participants') }}
),

final as (
    select
        -- Both may hold colons: joined by one, two of different calls could be one key.
        md5(call_id || chr(31) || label) as participant_id,
        call_id,
        label,
        name as participant_name,
        role,
        channel,
        word_count,
        talk_s,
        first_start_s,
        first_words,
        batch_date
    from source
)

select * from final
