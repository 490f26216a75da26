with source as (
    select * from {{ source('lake', 'calls') }}
),

final as (
    select
        * exclude (audio_uri, work_key),
        -- Calls that never got a start time (quarantined at landing) belong to the week of their night.
        cast(date_trunc('week', coalesce(cast(started_at as date), batch_date)) as date) as week_start_on,
        status = 'scored' as is_scored
    from source
)

select * from final
