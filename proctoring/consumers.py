from channels.consumer import AsyncConsumer


class ProctoringConsumer(AsyncConsumer):
    pass
