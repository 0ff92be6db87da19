"""Create an item"""

import requests


def handler(pd: "pipedream"):
    api_key = pd.inputs["monday"]["$auth"]["api_key"]
    headers = {"Authorization": api_key}
    query = "mutation ($board: ID!, $name: String!) { create_item(board_id: $board, item_name: $name) { id } }"
    # The number behind /boards/ in the address of the board.
    variables = {"board": "your-board-id", "name": "Made by a workflow"}
    body = {"query": query, "variables": variables}
    response = requests.post("https://api.monday.com/v2", headers=headers, json=body, timeout=30)
    response.raise_for_status()
    return response.json()["data"]["create_item"]["id"]
