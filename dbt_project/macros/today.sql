{# The day on which "overdue" and "open" are judged; a variable, so that tests and rebuilds of the past can set it. #}
{% macro today() -%}
    {%- if var('today', none) -%} date '{{ var("today") }}' {%- else -%} current_date {%- endif -%}
{%- endmacro %}
