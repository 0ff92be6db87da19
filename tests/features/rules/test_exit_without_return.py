import pytest

from tests.checks import HEADER, check_diagnostics, check_fixed

EXIT = ("exit-without-return", "pd.flow.exit('x')")


def test_code_behind_an_exit_runs_all_the_same() -> None:
    check_diagnostics(HEADER + "if 1:\n        pd.flow.exit('x')\n    print(2 + 2)\n", [EXIT])


def test_the_fix_returns_it() -> None:
    body = "if 1:\n        {}pd.flow.exit()\n    print(2 + 2)\n"
    check_fixed(HEADER + body.format(""), "Return it", HEADER + body.format("return "))


@pytest.mark.parametrize(
    "body",
    [
        "if a:\n        pass\n    elif b:\n        pd.flow.exit('x')\n    go()",
        "if a:\n        pass\n    else:\n        pd.flow.exit('x')\n    go()",
        "for x in y:\n        if x:\n            pd.flow.exit('x')\n        go(x)",
        "while y:\n        pd.flow.exit('x')\n        go()",
        "with a as b:\n        pd.flow.exit('x')\n    go()",
        "try:\n        go()\n    except ValueError:\n        pd.flow.exit('x')\n    return y['z']",
        "try:\n        if a:\n            pd.flow.exit('x')\n        go()\n    finally:\n        stop()",
        "match a:\n        case 1:\n            pd.flow.exit('x')\n        case 2:\n            pass\n    go()",
        "pd.flow.exit('x')\n    y = body['z']",
        "pd.flow.exit('x')\n    print('end')\n    return y['z']",
        "if a:\n        pd.flow.exit('x')\n    return {'id': body['id']}",
        "if a:\n        pd.flow.exit('x')\n    print(body['id'])",
        "if a:\n        pd.flow.exit('x')\n        go()\n    go()",
        "if a: pd.flow.exit('x')\n    go()",
        "pd.flow.exit('x'); go()",
    ],
)
def test_it_is_found_in_every_block_that_code_comes_out_of(body: str) -> None:
    check_diagnostics(HEADER + body + "\n", [EXIT])


@pytest.mark.parametrize(
    "body",
    [
        "return pd.flow.exit()\n    print(2 + 2)",
        "pd.flow.exit()",
        "pd.flow.exit()\n    return",
        "pd.flow.exit()\n    return {}",
        "pd.flow.exit()\n    return []",
        "pd.flow.exit()\n    return False",
        "pd.flow.exit(); return",
        "pd.flow.exit()\n    # the end",
        "pd.flow.exit()\n    pass",
        "pd.flow.exit()\n    print('the end')",
        "pd.flow.exit()\n    print('the end')\n    return",
        "pd.flow.exit()\n    raise ValueError",
        "if a:\n        pd.flow.exit()\n        return {'skipped': True, 'id': body['id']}\n    go()",
        "if a:\n        pd.flow.exit()\n        status = 'skipped'\n        return {'status': status}\n    go()",
        "if a:\n        pd.flow.exit()\n    return {'files': files, 'count': len(files)}",
        "if a:\n        pd.flow.exit()\n    logger.info('done')\n    return files",
        "if a:\n        pd.flow.exit()\n    print(f'{len(files)} files')",
        "try:\n        go()\n    except E as e:\n        pd.flow.exit(str(e))\n        raise\n    return y['z']",
        "pd.flow.exit()\n    sys.exit(0)",
        "if 1:\n        pd.flow.exit()\n    else:\n        print(2 + 2)",
        "if 1:\n        pd.flow.exit()\n        return None\n    print(2 + 2)",
        "if 1:\n        pd.flow.exit()\n    return None",
        "for x in y:\n        pd.flow.exit()\n    print(2 + 2)",
        "for x in y:\n        if x:\n            pd.flow.exit()\n            continue\n        go(x)",
        "for x in y:\n        pass\n    else:\n        pd.flow.exit()\n    go(x)",
        "while y:\n        if y:\n            pd.flow.exit()\n            break\n        go(x)",
        "try:\n        go()\n    finally:\n        pd.flow.exit()\n    go()",
        "try:\n        return go()\n    except ValueError:\n        pd.flow.exit()",
        "match a:\n        case 1:\n            pd.flow.exit()\n        case 2:\n            go()",
        "def stop():\n        pd.flow.exit()\n        go()\n    print(2 + 2)",
        "stop = lambda: pd.flow.exit()\n    print(2 + 2)",
        "ended = pd.flow.exit()\n    return ended",
        "a or pd.flow.exit()\n    go()",
        "other.flow.exit()\n    print(2 + 2)",
        "pd.flow.exit\n    go()",
    ],
)
def test_an_exit_that_nothing_follows_is_left_alone(body: str) -> None:
    check_diagnostics(HEADER + body + "\n", [])


def test_a_helper_that_ends_the_workflow_is_left_alone() -> None:
    helper = "def stop(pd):\n    pd.flow.exit()\n    log(2 + 2)\n\n\n"
    check_diagnostics(helper + HEADER + "stop(pd)\n    return 1\n", [])
