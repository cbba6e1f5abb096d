"""A small client of the language server protocol: enough to open a file and ask about a place in it."""

from __future__ import annotations

import json
import queue
import subprocess
import threading
import time
from pathlib import Path
from typing import Any

SETTINGS = {
    "yaml": {
        "validate": True,
        "hover": True,
        "completion": True,
        "schemaStore": {"enable": False, "url": ""},
    }
}


class LanguageServer:
    """One running server. Requests wait for their answer; what the server asks for is answered."""

    def __init__(self, command: list[str], root: Path, timeout: float = 60) -> None:
        self.timeout = timeout
        self.diagnostics: dict[str, list[dict[str, Any]]] = {}
        self._number = 0
        self._version = 0
        self._inbox: queue.Queue[dict[str, Any] | None] = queue.Queue()
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=root
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        markup = {"contentFormat": ["markdown"]}
        item = {"documentationFormat": ["markdown"], "snippetSupport": True}
        self.request(
            "initialize",
            {
                "processId": None,
                "rootUri": root.as_uri(),
                "workspaceFolders": [{"uri": root.as_uri(), "name": "registry"}],
                "capabilities": {
                    "workspace": {"configuration": True, "workspaceFolders": True},
                    "textDocument": {
                        "hover": markup,
                        "completion": {"completionItem": item},
                        "publishDiagnostics": {},
                    },
                },
            },
        )
        self.notify("initialized", {})
        self.notify("workspace/didChangeConfiguration", {"settings": SETTINGS})

    def close(self) -> None:
        try:
            self.request("shutdown", None)
            self.notify("exit", None)
            self._process.wait(timeout=10)
        finally:
            if self._process.poll() is None:
                self._process.kill()
                self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe is not None:
                    pipe.close()
            self._reader.join(timeout=10)

    def open(self, path: Path, text: str) -> str:
        """Open a file with this text, whatever the disk says."""
        uri = path.as_uri()
        self._version += 1  # the server keeps what it knows of a version
        document = {"uri": uri, "languageId": "yaml", "version": self._version, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": document})
        return uri

    def close_file(self, uri: str) -> None:
        self.notify("textDocument/didClose", {"textDocument": {"uri": uri}})

    def faults(self, uri: str) -> list[dict[str, Any]]:
        """What the server says is wrong with an open file, when it has said so."""
        self._pump(lambda: uri in self.diagnostics)
        return self.diagnostics[uri]

    def ask(self, method: str, uri: str, line: int, character: int) -> Any:
        position = {"line": line, "character": character}
        return self.request(f"textDocument/{method}", {"textDocument": {"uri": uri}, "position": position})

    def request(self, method: str, params: Any) -> Any:
        self._number += 1
        number = self._number
        self._send({"id": number, "method": method, "params": params})
        answer: dict[str, Any] = {}

        def answered() -> bool:
            return bool(answer)

        self._pump(answered, number, answer)
        if "error" in answer:
            raise RuntimeError(f"{method}: {answer['error']}")
        return answer.get("result")

    def notify(self, method: str, params: Any) -> None:
        self._send({"method": method, "params": params})

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self._process.stdin.flush()

    def _pump(self, done: Any, number: int = 0, answer: dict[str, Any] | None = None) -> None:
        end = time.monotonic() + self.timeout
        while not done():
            try:
                message = self._inbox.get(timeout=max(0.0, end - time.monotonic()))
            except queue.Empty:
                raise TimeoutError("the language server did not answer") from None
            if message is None:
                raise RuntimeError("the language server has ended")
            if "method" in message:
                self._handle(message)
            elif answer is not None and message.get("id") == number:
                answer.update(message)

    def _handle(self, message: dict[str, Any]) -> None:
        params = message.get("params")
        if message["method"] == "textDocument/publishDiagnostics":
            self.diagnostics[params["uri"]] = params["diagnostics"]
        elif "id" in message:
            result: Any = None
            if message["method"] == "workspace/configuration":
                result = [SETTINGS.get(item.get("section"), {}) for item in params["items"]]
            self._send({"id": message["id"], "result": result})

    def _read(self) -> None:
        stream = self._process.stdout
        assert stream is not None
        while True:
            length = 0
            while (line := stream.readline().strip()) or not length:
                name, _, value = line.partition(b":")
                if name.lower() == b"content-length":
                    length = int(value)
                elif not line and not length:
                    self._inbox.put(None)
                    return
            self._inbox.put(json.loads(stream.read(length)))
