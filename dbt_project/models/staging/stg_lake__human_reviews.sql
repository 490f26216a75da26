with source as (
    select * from {{ source('lake', 'human_reviews') }}
)

select * from source
