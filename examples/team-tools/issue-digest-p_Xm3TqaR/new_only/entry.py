def handler(pd: "pipedream"):
  data_store = pd.inputs["data_store"]
  fresh = []
  for issue in pd.steps["fetch_issues"]["$return_value"]:
    key = f"issue-{issue['number']}"
    if key in data_store:
      continue
    data_store.set(key, issue["title"], ttl=30 * 24 * 3600)
    fresh.append(issue)
  data_store["runs"] = data_store.get("runs", 0) + 1
  if not fresh:
    return pd.flow.exit("no new issues")
  return {"title": f"{len(fresh)} new issues", "issues": fresh}
