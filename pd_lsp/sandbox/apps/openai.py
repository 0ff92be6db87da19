"""api.openai.com: models, and chat completions that say what they were asked."""

from pd_lsp.sandbox.exchange import Answer, Request
from pd_lsp.sandbox.world import World

_MODEL = "gpt-sandbox"


def answer(request: Request, world: World) -> Answer:
    """The answer to one call of the API."""
    if world.account("openai", "api_key", request.bearer) is None:
        said = "Incorrect API key provided." if request.bearer else "You didn't provide an API key."
        return _error(401, said, "invalid_request_error", "invalid_api_key" if request.bearer else None)
    match request.method, request.parts:
        case "GET", ["v1", "models"]:
            return Answer(200, {"object": "list", "data": [{"id": _MODEL, "object": "model", "owned_by": "sandbox"}]})
        case "POST", ["v1", "chat", "completions"]:
            return _chat(request, world)
        case _:
            return _error(404, f"Invalid URL ({request.method} {request.path})", "invalid_request_error", None)


def _chat(request: Request, world: World) -> Answer:
    asked = request.fields()
    messages = asked.get("messages")
    if not asked.get("model"):
        return _error(400, "you must provide a model parameter", "invalid_request_error", None)
    if not isinstance(messages, list) or not messages or not isinstance(messages[-1], dict):
        return _error(
            400, "Missing required parameter: 'messages'.", "invalid_request_error", "missing_required_parameter"
        )
    question = str(messages[-1].get("content", ""))
    said = f"The sandbox was asked: {question[:200]}"
    usage = {"prompt_tokens": len(question.split()), "completion_tokens": len(said.split())}
    return Answer(
        200,
        {
            "id": f"chatcmpl-sandbox{next(world.numbers)}",
            "object": "chat.completion",
            "created": 1767600000,
            "model": str(asked["model"]),
            "choices": [{"index": 0, "message": {"role": "assistant", "content": said}, "finish_reason": "stop"}],
            "usage": {**usage, "total_tokens": sum(usage.values())},
        },
    )


def _error(status: int, message: str, kind: str, code: str | None) -> Answer:
    return Answer(status, {"error": {"message": message, "type": kind, "param": None, "code": code}})
