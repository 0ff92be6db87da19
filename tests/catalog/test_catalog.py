import json
import runpy
import subprocess
import sys
from pathlib import Path

from pd_lsp.catalog import Catalog, catalog
from pd_lsp.model import AppSlug

ROOT = Path(__file__).parents[2]


def test_the_catalogue_is_what_the_script_makes_of_the_facts_today() -> None:
    made = runpy.run_path(str(ROOT / "data" / "make_catalog.py"))
    committed = made["CATALOG"].read_text("utf-8")
    assert committed == made["catalog_text"](), "stale: run python data/make_catalog.py"


def test_every_app_of_the_facts_can_be_read_back() -> None:
    facts = {app["slug"]: app for app in json.loads((ROOT / "data" / "apps.json").read_text("utf-8"))}
    assert set(catalog()) == set(facts)
    for slug in catalog():
        known = catalog().app(slug)
        assert known is not None
        assert known.app.name == facts[slug]["name"]
        assert [field.name for field in known.app.fields] == [key["name"] for key in facts[slug]["auth_keys"]]
        assert known.secrets == {key["name"] for key in facts[slug]["auth_keys"] if key["secret"]}
        assert known.reviewed is facts[slug]["reviewed"]
        assert (known.placement and known.placement.kind) == (facts[slug]["auth_placement"] or {}).get("kind")


def test_an_app_has_its_name_keys_address_and_placement() -> None:
    gitlab = catalog().app(AppSlug("gitlab"))
    assert gitlab is not None
    assert gitlab.app.name == "GitLab"
    assert not gitlab.app.complete
    assert "base_api_url" in {field.name for field in gitlab.app.fields} - gitlab.secrets
    assert "oauth_access_token" in gitlab.secrets
    assert gitlab.base_url == "https://{base_api_url}/api/v4"
    assert gitlab.placement is not None
    assert gitlab.placement.parts == {"Authorization": "Bearer {oauth_access_token}"}
    assert gitlab.sdk is not None
    assert (gitlab.sdk.package, gitlab.sdk.import_name) == ("python-gitlab", "gitlab")


def test_every_placement_names_its_parts_in_one_way() -> None:
    def parts(slug: str) -> dict[str, str]:
        known = catalog().app(AppSlug(slug))
        assert known is not None
        assert known.placement is not None
        return dict(known.placement.parts)

    assert parts("anthropic") == {"x-api-key": "{api_key}", "anthropic-version": "2023-06-01"}
    assert parts("twilio") == {"username": "{Sid}", "password": "{Secret}"}
    assert parts("giphy") == {"api_key": "{api_key}"}
    assert parts("telegram_bot_api") == {"path": "/bot{token}/"}
    assert parts("postgresql") == {}


def test_an_unknown_app_is_none() -> None:
    assert catalog().app(AppSlug("no_such_app")) is None


def test_a_search_finds_the_exact_name_first_then_beginnings_then_the_rest() -> None:
    found = [known.app.slug for known in catalog().search("slack", 50)]
    assert set(found[:2]) == {"slack", "slack_v2"}
    assert "slack_bot" in found
    assert found.index(AppSlug("slack_bot")) < len(found)


def test_a_search_looks_at_names_too_and_is_not_fussy_about_case_and_blanks() -> None:
    assert "google_sheets" in [known.app.slug for known in catalog().search("GOOGLE sheets")]
    assert "microsoft_sql_server" in [known.app.slug for known in catalog().search("sql-server")]


def test_a_search_keeps_its_limit_and_nothing_finds_nothing() -> None:
    assert len(catalog().search("a", 3)) == 3
    assert catalog().search("a", 0) == ()
    assert catalog().search("  ") == ()
    assert catalog().search("zzzzzzzzz") == ()


def test_apps_that_somebody_has_read_over_come_before_others_of_the_same_rank() -> None:
    row = {"auth": "keys", "keys": {"api_key": 1}}
    small = Catalog(
        {"acme_a": {"name": "Acme A", **row, "reviewed": 0}, "acme_b": {"name": "Acme B", **row, "reviewed": 1}}
    )
    assert [known.app.slug for known in small.search("acme")] == ["acme_b", "acme_a"]


def test_importing_the_room_reads_nothing() -> None:
    code = "from pd_lsp.catalog import catalog; print(catalog.cache_info().currsize)"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "0"


def test_the_table_of_packages_is_what_its_script_makes() -> None:
    made = runpy.run_path(str(ROOT / "data" / "make_import_packages.py"))
    committed = (ROOT / "pd_lsp" / "catalog" / "import_packages.txt").read_text("utf-8")
    assert committed == made["table_text"](), "stale: run python data/make_import_packages.py"
