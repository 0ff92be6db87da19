import pytest

from tests.checks import HEADER, check_diagnostics, check_fixed

IMPORT = "import pandas as pd\n\n\n"


def test_pandas_in_a_handler_whose_parameter_is_pd_is_found() -> None:
    text = IMPORT + HEADER + "rows = pd.steps['a']['b']\n    return pd.DataFrame(rows).to_dict('records')\n"
    codes = [("pandas-as-pd", "pd.DataFrame")]
    check_diagnostics(text, codes)


def test_pd_behind_an_import_in_the_handler_is_found() -> None:
    text = HEADER + "import pandas as pd\n    return pd.DataFrame(pd.steps['a']['b']).to_dict('records')\n"
    check_diagnostics(text, [("pandas-as-pd", "pd.steps")])


def test_the_parameter_is_renamed_with_all_that_is_pipedreams() -> None:
    body = "rows = {0}.steps['a']['b']\n    {0}.export('n', len(rows))\n    return pd.DataFrame(rows).to_dict()\n"
    check_fixed(
        IMPORT + HEADER + body.format("pd"),
        "Call the parameter pdm",
        IMPORT + 'def handler(pdm: "pipedream"):\n    ' + body.format("pdm"),
    )


@pytest.mark.parametrize(
    "text",
    [
        IMPORT + 'def handler(pdm: "pipedream"):\n    return pd.DataFrame(pdm.steps["a"]["b"]).to_dict()\n',
        IMPORT + HEADER + "return pd.steps['a']['b']\n",
        "def rows(text):\n    import pandas as pd\n    return pd.read_csv(text)\n\n\n"
        + HEADER
        + "return rows(pd.steps['a']['b'])\n",
        IMPORT + "def rows(text):\n    return pd.read_csv(text)\n\n\n" + HEADER + "return rows(pd.steps['a']['b'])\n",
        IMPORT + HEADER + "def rows(pd):\n        return pd.read_csv('a')\n    return rows(1)\n",
        HEADER + "rows = pd.steps['a']['b']\n    import pandas as pd\n    return pd.DataFrame(rows).to_dict()\n",
        "import pandas\n\n\n" + HEADER + "return pandas.DataFrame(pd.steps['a']['b']).to_dict()\n",
        "import pandas as pdx\n\n\n" + HEADER + "return pdx.DataFrame(pd.steps['a']['b']).to_dict()\n",
    ],
)
def test_two_names_that_do_not_meet_are_left_alone(text: str) -> None:
    check_diagnostics(text, [])
