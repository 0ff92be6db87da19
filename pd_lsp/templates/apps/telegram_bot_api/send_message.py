"""Send a message"""

from telegram import Bot


async def handler(pd: "pipedream"):
    token = pd.inputs["telegram_bot_api"]["$auth"]["token"]
    async with Bot(token) as bot:
        message = await bot.send_message(chat_id="your-chat-id", text="Hello from Pipedream!")
    return message.to_dict()
