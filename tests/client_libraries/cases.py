"""What the hand-made templates need of a stand-in to run: what it answers, and where their libraries differ."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from pd_lsp.catalog import Placement
from pd_lsp.sandbox.exchange import Answer


@dataclass(frozen=True)
class Case:
    """One template."""

    answers: tuple[Any, ...] = ()
    """The documents that answer its requests, in order; then empty objects."""
    placement: Placement | None = None
    """Where its library carries the credentials, where that is another place than the catalogue has for a request."""
    also: tuple[str, ...] = ()
    """More places that a secret belongs to, as `elsewhere` names them: the catalogue has none for some libraries."""
    without: tuple[str, ...] = ()
    """Paths that its library asks without credentials."""
    values: Mapping[str, str] = field(default_factory=dict)
    """Values of the account that need a form of their own."""


def private_key() -> str:
    """A new key of a service account, which opens nothing."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    form = serialization.PrivateFormat.PKCS8
    return key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption()).decode()


def service_account_key() -> str:
    """The JSON of such a key, as Google gives it out."""
    key = {
        "type": "service_account",
        "project_id": "p",
        "client_email": "a@p.iam.gserviceaccount.com",
        "private_key": private_key(),
        "token_uri": "https://oauth2.googleapis.com/token",
    }
    return json.dumps(key)


_CHAT = {
    "id": "1",
    "object": "chat.completion",
    "created": 0,
    "model": "m",
    "choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": "Hello."}}],
    "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
}
_BEARER = Placement("header", {"Authorization": "Bearer {api_key}"})
_SUPABASE = Placement("headers", {"apikey": "{service_key}", "Authorization": "Bearer {service_key}"})
_XML = {"Content-Type": "text/xml"}
_CALLER = (
    b'<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>'
    b"<Arn>arn:aws:iam::1:user/a</Arn></GetCallerIdentityResult></GetCallerIdentityResponse>"
)
_SHOP = {"data": {"products": {"nodes": []}}}
_MESSAGE = {"ok": True, "channel": "C1", "ts": "1.0", "message": {"text": "Hello"}}

_RECORD = {"id": "rec1", "createdTime": "2026-01-01T00:00:00.000Z", "fields": {}}
_CHANNELS = {"ok": True, "channels": [{"name": "general"}]}
_SITES = [{"id": "11223344"}]
_ISSUES = {"data": {"issues": {"nodes": [{"identifier": "A-1", "title": "One", "url": "https://a.example"}]}}}
_ISSUE = {"data": {"issueCreate": {"issue": {"identifier": "A-1", "url": "https://a.example"}}}}
_LISTED = {"value": []}

CASES: Mapping[str, Case] = {
    "activecampaign/list_contacts": Case(({"contacts": [{"email": "a@b.c"}]},)),
    "activecampaign/write_contact": Case(({"contact": {"id": "1"}},)),
    "airtable/write_record": Case((_RECORD,)),
    "airtable_oauth/write_record": Case((_RECORD,)),
    "amplitude/track_event": Case(
        ({"code": 200, "events_ingested": 1, "payload_size_bytes": 1, "server_upload_time": 1},)
    ),
    "anthropic/ask_model": Case(
        (
            {
                "id": "1",
                "type": "message",
                "role": "assistant",
                "model": "m",
                "content": [{"type": "text", "text": "Hello."}],
                "stop_reason": "end_turn",
                "usage": {"input_tokens": 1, "output_tokens": 1},
            },
        ),
        placement=_BEARER,
    ),
    "apify/my_account": Case(({"data": {"username": "ada", "profile": {}}},)),
    "apify_oauth/my_account": Case(({"data": {"username": "ada", "profile": {}}},)),
    "assemblyai/list_transcripts": Case(
        ({"page_details": {"limit": 1, "result_count": 0, "current_url": "https://a.b"}, "transcripts": []},)
    ),
    "aws/identity": Case((Answer(200, None, _XML, content=_CALLER),)),
    "aws/invoke_lambda": Case(({"done": True},)),
    "aws/upload_to_s3": Case((Answer(200, None, {"ETag": '"1"'}),)),
    "azure_openai_service/ask_model": Case((_CHAT,)),
    "cisco_webex/list_rooms": Case(({"items": [{"id": "1", "title": "Room"}]},)),
    "clerk/list_users": Case(([],)),
    "cloudflare_api_key/list_zones": Case(({"result": [], "success": True, "errors": [], "messages": []},)),
    "cohere_platform/ask_model": Case(
        (
            {
                "id": "1",
                "finish_reason": "COMPLETE",
                "message": {"role": "assistant", "content": [{"type": "text", "text": "Hello."}]},
            },
        )
    ),
    "databricks/list_clusters": Case(({}, {"clusters": []}), without=("/.well-known/databricks-config",)),
    "deepseek/ask_model": Case((_CHAT,)),
    "digital_ocean/list_droplets": Case(({"droplets": [{"name": "one"}]},)),
    "docusign/who_am_i": Case(({"accounts": []},)),
    "dropbox/list_files": Case(({"entries": [{"name": "a.txt"}]},)),
    "dropbox/upload_text": Case(
        (
            {
                "name": "hello.txt",
                "id": "id:aaaaaaaaaaaaaaaaaaaaaa",
                "client_modified": "2026-01-01T00:00:00Z",
                "server_modified": "2026-01-01T00:00:00Z",
                "rev": "a1c10ce0dd78",
                "size": 1,
            },
        )
    ),
    "elevenlabs/list_voices": Case(({"voices": [{"voice_id": "1", "name": "Ada"}]},)),
    "exa/search_web": Case(({"results": [{"title": "A", "url": "https://a.example", "id": "1"}], "requestId": "1"},)),
    "facebook_pages/my_pages": Case(
        ({"data": []},), placement=Placement("query", {"access_token": "{oauth_access_token}"})
    ),
    "firecrawl/scrape_page": Case(({"success": True, "data": {"markdown": "# Hello", "metadata": {}}},)),
    "firebase_admin_sdk/read_database": Case(
        ({"access_token": "t", "expires_in": 3600, "token_type": "Bearer"}, {"a": True}),
        values={"privateKey": private_key(), "clientEmail": "a@b.iam.gserviceaccount.com"},
    ),
    "github/list_repositories": Case(
        ([{"full_name": "ada/engine"}],), placement=Placement("header", {"Authorization": "token {oauth_access_token}"})
    ),
    "gitlab/list_projects": Case(([{"id": 1, "path_with_namespace": "ada/engine"}],)),
    "google_cloud/list_buckets": Case(
        ({"access_token": "t", "expires_in": 3600, "token_type": "Bearer"}, {"items": []})
    ),
    "google_docs/read_document": Case(({"title": "A document"},)),
    "google_drive/list_files": Case(({"files": []},)),
    "google_calendar/list_events": Case(({"items": []},)),
    "google_gemini/ask_model": Case(
        ({"candidates": [{"content": {"parts": [{"text": "Hello."}], "role": "model"}}]},),
        placement=Placement("header", {"x-goog-api-key": "{api_key}"}),
    ),
    "google_slides/read_presentation": Case(({"title": "A presentation"},)),
    "google_vertex_ai/ask_model": Case(
        ({"candidates": [{"content": {"parts": [{"text": "Hello."}], "role": "model"}}]},)
    ),
    "groqcloud/ask_model": Case((_CHAT,)),
    "hubspot/write_contact": Case(({"id": "1"},)),
    "hubspot/list_contacts": Case(({"results": []},)),
    "hugging_face/who_am_i": Case(({}, {"name": "ada"}), without=("/api/agent-harnesses",)),
    "jira/search_issues": Case(
        (
            [{"id": "11223344"}],
            {"versionNumbers": [1001, 0, 0], "deploymentType": "Cloud", "baseUrl": "https://a.example"},
            [],
            {"issues": [{"id": "1", "key": "A-1", "fields": {"summary": "One"}}], "isLast": True},
        )
    ),
    "langfuse/list_prompts": Case(({"data": [], "meta": {"page": 1, "limit": 10, "totalItems": 0, "totalPages": 0}},)),
    "mailchimp/list_audiences": Case(({"lists": [{"name": "All"}]},)),
    "mixpanel/track_event": Case(({"status": 1},), also=("the body",)),
    "mastodon/post_status": Case(({"url": "https://a.example/1"},)),
    "mastodon/post_with_client": Case(({"url": "https://a.example/1"},)),
    "mistral_ai/ask_model": Case((_CHAT,)),
    "mux/list_assets": Case(({"data": []},)),
    "notion/search_pages": Case(
        ({"results": [{"object": "page", "id": "1"}], "has_more": False, "next_cursor": None},)
    ),
    "openai/ask_a_model": Case((_CHAT,)),
    "openai/ask_with_client": Case(
        (
            {
                "id": "1",
                "object": "response",
                "created_at": 0,
                "model": "m",
                "output": [
                    {
                        "id": "2",
                        "type": "message",
                        "role": "assistant",
                        "status": "completed",
                        "content": [{"type": "output_text", "text": "Hello.", "annotations": []}],
                    }
                ],
                "parallel_tool_calls": False,
                "tool_choice": "auto",
                "tools": [],
            },
        )
    ),
    "openrouter/ask_model": Case((_CHAT,)),
    "perplexity/ask_model": Case((_CHAT,)),
    "openai/create_embedding": Case(
        ({"data": [{"object": "embedding", "index": 0, "embedding": [0.1]}], "object": "list", "model": "m"},)
    ),
    "openai/draw_image": Case(({"created": 0, "data": [{"b64_json": "iVBORw=="}]},)),
    "azure_devops/list_projects": Case(({"value": []},)),
    "mattermost/who_am_i": Case(({"username": "ada", "id": "1"}, {"username": "ada"})),
    "posthog/capture_event": Case(({"status": 1},), placement=Placement("body", {"api_key": "{api_key}"})),
    "qdrant/list_collections": Case(({"result": {"collections": [{"name": "a"}]}, "status": "ok", "time": 0},)),
    "reddit/my_account": Case(({"name": "ada"},)),
    "salesforce_rest_api/query_records": Case(({"records": [], "totalSize": 0, "done": True},)),
    "salesforce_rest_api/write_lead": Case(({"id": "1", "success": True},)),
    "shopify/list_products": Case((_SHOP,)),
    "shopify_developer_app/list_products": Case((_SHOP,)),
    "slack/post_message": Case((_MESSAGE,)),
    "slack_bot/post_message": Case((_MESSAGE,)),
    "slack_v2/post_message": Case((_MESSAGE,)),
    "slack_v2/show_channels": Case(({"ok": True, "channels": [{"name": "general"}]},)),
    "spotify/search_tracks": Case(({"tracks": {"items": [{"name": "Clair de lune"}]}},)),
    "supabase/list_tables": Case(({"paths": {}},), placement=_SUPABASE),
    "supabase/select_with_client": Case(([],), placement=_SUPABASE),
    "tavily/search_web": Case(({"results": []},), placement=_BEARER),
    "telegram_bot_api/send_message": Case(({"ok": True, "result": {"message_id": 1}},)),
    "todoist/write_task": Case(
        (
            {
                "id": "1",
                "content": "a",
                "description": "",
                "project_id": "1",
                "section_id": None,
                "parent_id": None,
                "labels": [],
                "priority": 1,
                "due": None,
                "deadline": None,
                "duration": None,
                "is_collapsed": False,
                "order": 1,
                "responsible_uid": None,
                "assigned_by_uid": None,
                "completed_at": None,
                "added_by_uid": "1",
                "added_at": "2026-01-01T00:00:00Z",
                "updated_at": "2026-01-01T00:00:00Z",
                "child_order": 1,
                "checked": False,
                "is_deleted": False,
                "user_id": "1",
                "day_order": 1,
                "note_count": 0,
            },
        )
    ),
    "trello/list_boards": Case(
        (Answer(200, None, {"Content-Type": "text/plain"}, content=b"OAuth signed"), []),
        also=("the body",),  # of the request to Pipedream, which signs
        values={"oauth_signer_uri": "https://signer.example"},
    ),
    "twilio/list_messages": Case(
        (
            {
                "messages": [],
                "end": 0,
                "page": 0,
                "page_size": 20,
                "start": 0,
                "uri": "/a",
                "first_page_uri": "/a",
                "next_page_uri": None,
                "previous_page_uri": None,
            },
        )
    ),
    "upstash_redis/visit_counter": Case(({"result": 1},)),
    "upstash_redis/read_value": Case(({"result": None},)),
    "bitbucket/list_repositories": Case(({"values": [{"full_name": "ada/engine"}]},)),
    "brevo/send_email": Case(({"messageId": "1"},)),
    "calendly_v2/list_events": Case(
        (
            {"resource": {"uri": "https://api.calendly.com/users/1"}},
            {"collection": [{"name": "Talk", "start_time": "2026-01-01T00:00:00Z"}]},
        )
    ),
    "clickup/list_workspaces": Case(({"teams": [{"id": "1", "name": "Team"}]},)),
    "clickup/write_task": Case(({"url": "https://a.example"},)),
    "close/list_leads": Case(({"data": []},)),
    "coda/list_docs": Case(({"items": [{"id": "1", "name": "Doc"}]},)),
    "confluence/list_pages": Case((_SITES, {"results": [{"id": "1", "title": "Page"}]})),
    "discord_bot/send_message": Case(({"id": "1"},)),
    "figma/read_file": Case(({"document": {"children": [{"name": "Page"}]}},)),
    "freshdesk/list_tickets": Case(([{"id": 1, "subject": "Help"}],)),
    "freshdesk/write_ticket": Case(({"id": 1},)),
    "github/write_issue": Case(({"html_url": "https://a.example"},)),
    "gitlab/write_issue": Case(({"web_url": "https://a.example"},)),
    "google_sheets/write_row": Case(({"updates": {"updatedRows": 1}},)),
    "intercom/list_contacts": Case(({"data": [{"id": "1", "email": "a@b.c"}]},)),
    "intercom/write_contact": Case(({"id": "1"},)),
    "jira/write_issue": Case((_SITES, {"key": "A-1"})),
    "linear/list_issues": Case((_ISSUES,)),
    "linear/write_issue": Case((_ISSUE,)),
    "linear_app/list_issues": Case((_ISSUES,)),
    "linear_app/write_issue": Case((_ISSUE,)),
    "linkedin/write_post": Case((Answer(201, {}, {"Content-Type": "application/json", "x-restli-id": "urn:li:1"}),)),
    "mailchimp/write_member": Case(({"id": "1"},)),
    "mailgun/list_domains": Case(({"items": [{"name": "a.example"}]},)),
    "mailgun/send_email": Case(({"id": "1"},)),
    "microsoft_excel/read_rows": Case(({"values": [["a", 1]]},)),
    "microsoft_excel/write_row": Case(({"index": 1},)),
    "microsoft_onedrive/list_files": Case((_LISTED,)),
    "microsoft_onedrive/upload_text": Case(({"webUrl": "https://a.example"},)),
    "microsoft_outlook/list_messages": Case((_LISTED,)),
    "microsoft_outlook_calendar/list_events": Case((_LISTED,)),
    "microsoft_outlook_calendar/write_event": Case(({"webLink": "https://a.example"},)),
    "microsoft_teams/list_teams": Case((_LISTED,)),
    "microsoft_teams/send_message": Case(({"webUrl": "https://a.example"},)),
    "monday/list_boards": Case(({"data": {"boards": []}},)),
    "monday/write_item": Case(({"data": {"create_item": {"id": "1"}}},)),
    "netlify/list_sites": Case(([{"name": "a", "ssl_url": "https://a.example"}],)),
    "onesignal_rest_api/list_notifications": Case(({"notifications": []},)),
    "openweather_api/current_weather": Case(({"main": {"temp": 12}},)),
    "pagerduty/list_incidents": Case(({"incidents": [{"title": "Down", "html_url": "https://a.example"}]},)),
    "pipedrive/list_deals": Case(({"data": [{"id": 1, "title": "Deal"}]},)),
    "pipedrive/write_person": Case(({"data": {"id": 1}},)),
    "postmark/send_email": Case(({"MessageID": "1"},)),
    "pushover/send_notification": Case(({"request": "1"},)),
    "quickbooks/list_customers": Case(({"QueryResponse": {}},)),
    "sentry/list_issues": Case(([{"title": "Error", "permalink": "https://a.example"}],)),
    "servicenow/list_incidents": Case(({"result": []},)),
    "servicenow/write_incident": Case(({"result": {"number": "INC1"}},)),
    "sharepoint/list_sites": Case((_LISTED,)),
    "slack/show_channels": Case((_CHANNELS,)),
    "slack_bot/show_channels": Case((_CHANNELS,)),
    "shopify/list_orders": Case(({"data": {"orders": {"nodes": []}}},)),
    "shopify_developer_app/list_orders": Case(({"data": {"orders": {"nodes": []}}},)),
    "supabase/write_row": Case(([],), placement=_SUPABASE),
    "telegram_bot_api/list_chats": Case(({"ok": True, "result": [{"message": {"chat": {"id": 1}}}]},)),
    "twitch/list_streams": Case(({"data": [{"user_name": "ada", "title": "Engines"}]},)),
    "twitter/my_account": Case(({"data": {"id": "1", "name": "Ada", "username": "ada"}},)),
    "typeform/list_forms": Case(({"items": [{"id": "1", "title": "Form"}]},)),
    "typeform/list_responses": Case(({"items": []},)),
    "vercel_token_auth/list_deployments": Case(({"deployments": [{"name": "a", "state": "READY"}]},)),
    "whatsapp_business/list_numbers": Case(({"data": []},)),
    "whatsapp_business/send_message": Case(({"messages": [{"id": "1"}]},)),
    "wordpress_org/list_posts": Case(([{"id": 1, "title": {"rendered": "Post"}}],)),
    "wordpress_org/write_draft": Case(({"link": "https://a.example"},)),
    "zendesk/write_ticket": Case(({"ticket": {"id": 1}},)),
    "zoho_crm/list_leads": Case(({"data": []},)),
    "zoho_crm/write_lead": Case(({"data": [{"details": {"id": "1"}}]},)),
    "zoom/list_meetings": Case(({"meetings": []},)),
    "zoom/write_meeting": Case(({"join_url": "https://a.example"},)),
    "attio/list_people": Case(({"data": []},)),
    "baserow/list_rows": Case(({"results": []},)),
    "baserow/write_row": Case(({"id": 1},)),
    "mailerlite/list_subscribers": Case(({"data": [{"email": "a@b.c"}]},)),
    "mailerlite/write_subscriber": Case(({"data": {"id": "1"}},)),
    "bitly/shorten_link": Case(({"link": "https://a.example"},)),
    "ntfy/send_notification": Case(({"id": "1"},), values={"server": "https://ntfy.example"}),
    "heroku/list_apps": Case(([{"name": "a"}],)),
    "hunter/find_addresses": Case(({"data": {"emails": [{"value": "a@b.c"}]}},)),
    "harvest/list_time_entries": Case(({"accounts": [{"id": 1}]}, {"time_entries": []})),
    "zendesk/recent_tickets": Case(({"tickets": []},)),
    "zulip/send_message": Case(
        ({"result": "success", "zulip_version": "9.0", "zulip_feature_level": 300}, {"result": "success", "id": 1}),
        without=("/api/v1/server_settings",),
    ),
}

_DIRECTLY = "asks directly, and not through the proxy of the environment"
_OWN_LIST = "verifies certificates with a list of its own"
_NO_HTTP = "speaks a protocol of its own, and not HTTP"

NOT_RUN: Mapping[str, str] = {
    "algolia": _OWN_LIST,
    "asana": _DIRECTLY,
    "chargebee": _OWN_LIST,
    "cloudinary": _DIRECTLY,
    "datadog": _DIRECTLY,
    "influxdb_cloud": _DIRECTLY,
    "klaviyo": _DIRECTLY,
    "pinecone": _DIRECTLY,
    "plivo": _DIRECTLY,
    "plaid": _DIRECTLY,
    "recurly": _DIRECTLY,
    "replicate": _DIRECTLY,
    "smartsheet": _OWN_LIST,
    "stripe": _OWN_LIST,
    "weaviate": _DIRECTLY,
    "azure_sql": _NO_HTTP,
    "microsoft_sql_server": _NO_HTTP,
    "mongodb": _NO_HTTP,
    "mysql": _NO_HTTP,
    "neon_postgres": _NO_HTTP,
    "postgresql": _NO_HTTP,
    "sftp": _NO_HTTP,
    "sftp_password_based_auth": _NO_HTTP,
    "ssh": _NO_HTTP,
    "snowflake": _DIRECTLY,
}
"""Apps whose library can't be led to a stand-in, and why."""
