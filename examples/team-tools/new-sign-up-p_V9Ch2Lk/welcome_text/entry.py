import requests


def ask(api_key, prompt):
  response = requests.post(
    "https://api.openai.com/v1/chat/completions",
    headers={"Authorization": f"Bearer {api_key}"},
    json={"model": "gpt-4o-mini", "messages": [{"role": "user", "content": prompt}]},
    timeout=30,
  )
  response.raise_for_status()
  return response.json()["choices"][0]["message"]["content"]


def handler(pd: "pipedream"):
  creds = pd.inputs["openai"]["$auth"]
  person = pd.steps["parse_body"]["$return_value"]
  print(f"Writing to {person['name']} ({person['plan']} plan)")
  text = ask(creds["api_key"], f"Welcome {person['name']} to our product in one friendly sentence.")
  pd.export("words", len(text.split()))
  return {"text": text}
