"""Fetching: polite to sites, closed to private networks, and every byte archived once. All servers are on this machine."""

import gzip
import hashlib
import json
import shutil
import ssl
import subprocess
import threading
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest
from click.testing import CliRunner

from benchmarks.kills import dump_of
from kg.cli import main
from kg.errors import InputError, UsageError
from kg.fetch import Fetched, fetch_addresses
from kg.fetch.address import check_address, is_public
from kg.fetch.download import Limits
from kg.fetch.sites import Manner
from kg.ingest.inputs import collect_inputs
from tests.conftest import DIVISIONS, SAMPLES, absent
from tests.render import as_docx

REPORT = (SAMPLES / "990121-2025.html").read_bytes()
PLAN = (
    "<html><h1>云泽市2025年法治政府建设工作要点</h1><div id='zoom'>"
    + "".join(f"<p>为深入推进依法行政,加快建设法治政府,结合云泽市实际,制定本工作要点第{n}条。</p>" for n in "一二三四五六七八九")
    + "</div></html>"
)


TITLED = "<html><h1>云泽市人民政府2025年度法治政府建设情况报告</h1><div id='zoom'>{}</div></html>"
SHELLS = {
    "/frames": "<html><frameset cols='20%,*'><frame src='/404'><frame src='/report'></frameset></html>",
    "/refresh": "<html><head><meta http-equiv='refresh' content='0; url=report'></head></html>",
    "/script": "<html><script>window.location.href = '/report';</script></html>",
    "/jsp": TITLED.format("<p>附件【<a href='/download.jsp?id=7&amp;owner=1'>云泽市2025年法治政府建设报告.docx</a>】</p>"),
    "/viewer": TITLED.format("<iframe src='/pdfjs/web/viewer.html?file=%2Ffiles%2Fr.docx'></iframe>"),
    "/lines": TITLED.format(f"<p>{'现将年度报告予以公布,欢迎社会各界监督。' * 8}</p><a href='/files/r.docx'>年度报告</a>"),
}
ATTACHED = """<html><h1>云泽市人民政府2025年度法治政府建设情况报告</h1><div id='zoom'><p>全文见附件。</p>
<a href="files/r.docx">附件</a> <a href="files/r.docx">下载</a> <a href="https://elsewhere.test/r.pdf">别处</a></div></html>"""


class Site(BaseHTTPRequestHandler):
    """Pages of a small site; what was asked is counted."""

    asked: ClassVar[Counter[str]] = Counter()
    living: ClassVar[bytes] = REPORT

    def do_GET(self) -> None:
        Site.asked[self.path] += 1
        status, headers, body = self.page()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def page(self) -> tuple[int, dict[str, str], bytes]:
        kind = {"Content-Type": "text/html"}
        if self.path == "/robots.txt":
            return 200, {}, b"User-agent: *\nDisallow: /closed/\n"
        if self.path.startswith("/report"):
            if self.headers.get("If-None-Match") == '"7"':
                return 304, {}, b""
            return 200, {**kind, "ETag": '"7"'}, REPORT
        if self.path.startswith("/living"):
            return 200, kind, Site.living
        if self.path == "/attached":
            return 200, kind, ATTACHED.encode()
        if self.path == "/lost":
            return 200, kind, TITLED.format("<p>全文见附件。</p><a href='http://[x/r.pdf'>附件</a>").encode()
        if self.path in SHELLS:
            return 200, kind, SHELLS[self.path].encode()
        if self.path.startswith("/endless"):
            return 200, kind, f"<html><meta http-equiv='refresh' content='0;url={self.path}x'></html>".encode()
        if self.path in ("/files/r.docx", "/download.jsp?id=7&owner=1"):
            return 200, {"Content-Type": "application/octet-stream"}, as_docx((SAMPLES / "990100-2025.txt").read_text(encoding="utf-8"))
        if self.path == "/busy":
            return (503, {"Retry-After": "7"}, b"") if Site.asked["/busy"] < 3 else (200, kind, REPORT)
        if self.path == "/zip":
            return 200, {**kind, "Content-Encoding": "gzip"}, gzip.compress(REPORT)
        if self.path == "/bomb":
            return 200, {**kind, "Content-Encoding": "gzip"}, gzip.compress(b"\0" * (9 << 20))
        moved = {"/moved": "/report", "/inside": f"http://127.0.0.1:{self.server.server_address[1]}/report", "/round": "/round", "/file": "file:///etc/passwd"}
        moved["/nowhere"] = "http://[x"
        if self.path in moved:
            return 302, {"Location": moved[self.path]}, b""
        if self.path == "/plan":
            return 200, kind, PLAN.encode()
        if self.path == "/guarded":
            return 412, kind, b"<script></script>"
        if self.path == "/big":
            return 200, kind, b"x" * (3 << 20)
        return 404, {}, b""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def site() -> Iterator[str]:
    Site.asked.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_address[1]}"
    server.shutdown()


def fetch(folder: Path, *urls: str, **how: object) -> list[Fetched]:
    pauses: list[float] = []
    limits = Limits(size=2 << 20, seconds=10, allowed=frozenset({"localhost"}), resolve=lambda host, port: ["127.0.0.1"])
    manner = Manner(divisions=DIVISIONS, limits=limits, sleep=pauses.append, **how)  # type: ignore[arg-type]
    fetched = list(fetch_addresses(urls, folder, manner))
    fetch.pauses = pauses  # type: ignore[attr-defined]
    return fetched


def test_a_report_is_archived_with_its_hash_and_taken_in(site: str, tmp_path: Path) -> None:
    (entry,) = fetch(tmp_path / "a", f"{site}/report?年度=2025")
    assert entry.state == "fetched"
    assert (tmp_path / "a" / entry.file).read_bytes() == REPORT
    assert entry.sha256 == hashlib.sha256(REPORT).hexdigest()
    assert json.loads((tmp_path / "a" / "fetched.jsonl").read_text(encoding="utf-8"))["final_url"].endswith("%E5%B9%B4%E5%BA%A6=2025")
    done = CliRunner().invoke(main, ["ingest", str(tmp_path / "a"), "--store", str(tmp_path / "s"), "--divisions", DIVISIONS[0], "--executor", "serial"])
    assert done.exit_code == 0, done.output


def ingest(folder: Path, *args: str) -> tuple[int, str]:
    """Run `kg ingest` with the store and archive in a folder."""
    options = ("--store", str(folder / "store"), "--divisions", DIVISIONS[0], "--executor", "serial", "--allow-private", "localhost", "--pause", "0.5")
    done = CliRunner().invoke(main, ["ingest", *args, *options])
    return done.exit_code, done.stdout


def sums(said: str) -> dict[str, int]:
    """Read the table of sums at the end."""
    heads, _, counts = said.splitlines()[-3:]
    return {head: int(count) for head, count in zip(heads.split(), counts.split(), strict=True) if count != "0"}


def test_files_and_addresses_are_taken_in_together(site: str, tmp_path: Path) -> None:
    listed = tmp_path / "list"
    listed.write_text(f"# both\n{SAMPLES / '990100-2025.txt'}\n{site}/report\n{site}/report2\n{site}/plan\n{site}/closed/x\n{site}/none\n", encoding="utf-8")
    code, said = ingest(tmp_path, "--list", str(listed), "--dry-run")
    assert (code, sums(said)) == (0, {"入库": 1, "待取": 5})
    assert Site.asked == Counter()
    assert not (tmp_path / "store-archive").exists()
    code, said = ingest(tmp_path, "--list", str(listed))
    assert (code, sums(said)) == (3, {"入库": 2, "重复": 1, "拒收": 2, "不可读": 1})
    for words in ("genre is plan", "robots.txt", "404", "the same bytes"):
        assert words in said
    code, said = ingest(tmp_path, "--list", str(listed))
    assert (code, sums(said)) == (3, {"未变": 2, "重复": 1, "拒收": 2, "不可读": 1})
    assert Site.asked["/report"] == 1
    code, said = ingest(tmp_path, "--list", str(listed), "--dry-run")
    assert (code, sums(said)) == (0, {"未变": 2, "重复": 1, "待取": 3})


def test_the_graph_names_the_address_and_not_when_or_where_it_was_kept(site: str, tmp_path: Path) -> None:
    ingest(tmp_path / "a", f"{site}/report")
    fetch(tmp_path / "b" / "kept", f"{site}/report")
    ingest(tmp_path / "b", str(tmp_path / "b" / "kept"))
    dumps = [dump_of(tmp_path / name / "store") for name in "ab"]
    assert dumps[0] == dumps[1]
    assert f'<http://purl.org/dc/terms/source> "{site}/report"' in dumps[0]
    cited = CliRunner().invoke(main, ["query", "run", "reports", "--store", str(tmp_path / "a" / "store"), "--cite", "--format", "csv"])
    assert f"[R/OL]. (2026-02-27). {site}/report." in cited.stdout


def test_what_was_fetched_anew_takes_the_place_of_its_former_self(site: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shorter = REPORT.rpartition("三、".encode("gb18030"))[0] + b"</div></body></html>"
    assert sums(ingest(tmp_path, f"{site}/living")[1]) == {"入库": 1}
    monkeypatch.setattr(Site, "living", shorter)
    assert sums(ingest(tmp_path, f"{site}/living?copy")[1]) == {"重复": 1}, "another address: the better text stays"
    assert sums(ingest(tmp_path, f"{site}/living")[1]) == {"未变": 1}
    assert sums(ingest(tmp_path, f"{site}/living", "--refresh")[1]) == {"入库": 1}, "the same address: the publisher's word"
    assert len(list((tmp_path / "store-archive" / "files").rglob("*.html"))) == 2
    assert [path.stat().st_size for path in collect_inputs([str(tmp_path / "store-archive")])] == [len(shorter)]


def test_a_report_that_is_attached_to_a_page_is_fetched_too(site: str, tmp_path: Path) -> None:
    code, said = ingest(tmp_path, f"{site}/attached", f"{site}/report")
    assert (code, sums(said)) == (0, {"入库": 2, "续取": 1})
    assert [line.split()[:2] for line in said.splitlines()[2:5]] == [["续取", f"{site}/attached"], ["入库", f"{site}/files/r.docx"], ["入库", f"{site}/report"]]
    assert f'"{site}/files/r.docx"' in dump_of(tmp_path / "store")
    assert Site.asked["/files/r.docx"] == 1


@pytest.mark.parametrize("shell", SHELLS)
def test_a_page_without_a_text_is_followed_to_where_it_is(site: str, tmp_path: Path, shell: str) -> None:
    first, *others = fetch(tmp_path, site + shell)
    assert first.state == "followed"
    assert [entry.state for entry in others if not entry.url.endswith("/404")] == ["fetched"]


def test_pages_that_lead_on_and_on_are_left(site: str, tmp_path: Path) -> None:
    assert [entry.state for entry in fetch(tmp_path, f"{site}/endless")] == ["followed", "followed", "followed", "refused"]


def test_half_a_line_of_a_killed_run_does_no_harm(site: str, tmp_path: Path) -> None:
    fetch(tmp_path, f"{site}/report")
    record = tmp_path / "fetched.jsonl"
    record.write_text(record.read_text(encoding="utf-8") + '{"url": "http://x', encoding="utf-8")
    assert [fetch(tmp_path, f"{site}/report2")[0].state, fetch(tmp_path, f"{site}/report")[0].state] == ["fetched", "unchanged"]
    record.write_text("nonsense\n", encoding="utf-8")
    with pytest.raises(InputError, match="cannot be read"):
        fetch(tmp_path, f"{site}/report")


@pytest.fixture
def secure(site: str, tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """The same site under https, with a certificate of its own making."""
    if shutil.which("openssl") is None:
        absent("openssl")
    pair = tmp_path / "key.pem", tmp_path / "certificate.pem"
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    subprocess.run([*made, "-keyout", str(pair[0]), "-out", str(pair[1])], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pair[1], pair[0])
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"https://localhost:{server.server_address[1]}", pair[1]
    server.shutdown()


def test_https_is_fetched_where_the_certificate_holds(secure: tuple[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    address, certificate = secure
    (entry,) = fetch(tmp_path / "a", f"{address}/report")
    assert (entry.state, Site.asked) == ("failed", Counter())
    assert "the site's certificate is not valid" in entry.detail
    assert "\n" not in entry.detail
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    assert fetch(tmp_path / "a", f"{address}/report")[0].state == "fetched"
    other = Limits(allowed=frozenset({"elsewhere.test"}), resolve=lambda host, port: ["127.0.0.1"])
    (entry,) = fetch_addresses([address.replace("localhost", "elsewhere.test") + "/report"], tmp_path / "b", Manner(limits=other, sleep=lambda seconds: None))
    assert entry.state == "failed"
    assert "ostname mismatch" in entry.detail


def test_what_is_archived_is_not_asked_again(site: str, tmp_path: Path) -> None:
    assert [fetch(tmp_path, f"{site}/report")[0].state for _ in range(2)] == ["fetched", "unchanged"]
    assert Site.asked["/report"] == 1
    assert fetch(tmp_path, f"{site}/report", refresh=True)[0].state == "unchanged"
    assert Site.asked["/report"] == 2


def test_robots_and_pauses_are_kept(site: str, tmp_path: Path) -> None:
    states = [entry.state for entry in fetch(tmp_path, f"{site}/closed/report", f"{site}/report", f"{site}/report2", pause=5.0)]
    assert states == ["forbidden", "fetched", "fetched"]
    assert Site.asked["/closed/report"] == 0
    assert Site.asked["/robots.txt"] == 1
    assert sum(fetch.pauses) > 9  # type: ignore[attr-defined]


def test_a_busy_site_is_asked_again_as_late_as_it_says(site: str, tmp_path: Path) -> None:
    (entry,) = fetch(tmp_path, f"{site}/busy")
    assert entry.state == "fetched"
    assert 7.0 in fetch.pauses  # type: ignore[attr-defined]
    assert fetch(tmp_path / "b", "http://localhost:9/x", tries=2)[0].state == "forbidden"  # its robots.txt cannot be had


@pytest.mark.parametrize(
    ("path", "state", "words"),
    [
        ("/plan", "refused", "plan"),
        ("/missing", "failed", "404"),
        ("/big", "failed", "more than 2 MB"),
        ("/guarded", "failed", "answered 412; 或要求浏览器验证,请在浏览器中打开后另存网页 · it may want a browser"),
        ("/bomb", "failed", "unpacks"),
        ("/round", "failed", "redirects"),
        ("/nowhere", "failed", "no address: http://[x"),
        ("/lost", "refused", "the page links to: http://[x/r.pdf"),
        ("/inside", "refused", "private"),
        ("/file", "refused", "http"),
        ("/moved", "fetched", ""),
        ("/zip", "fetched", ""),
    ],
)
def test_what_is_refused_and_why(site: str, tmp_path: Path, path: str, state: str, words: str) -> None:
    (entry,) = fetch(tmp_path, site + path, tries=1)
    assert (entry.state, words in entry.detail) == (state, True), entry
    assert (entry.file != "") == (state == "fetched")


def test_any_genre_is_kept_when_asked_for(site: str, tmp_path: Path) -> None:
    assert fetch(tmp_path, f"{site}/plan", any_genre=True)[0].state == "fetched"


@pytest.mark.parametrize(
    "numeric",
    [
        "10.1.2.3",
        "127.0.0.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "::1",
        "fe80::1%eth0",
        "fd00::1",
        "::ffff:10.0.0.1",
        "2002:7f00:1::",
        "64:ff9b::7f00:1",
    ],
)
def test_private_addresses_are_closed(numeric: str) -> None:
    assert not is_public(numeric)
    with pytest.raises(UsageError, match="private"):
        check_address("http://gov.example/x", frozenset(), lambda host, port: ["8.8.8.8", numeric])


@pytest.mark.parametrize(
    "url", ["ftp://a.example/x", "file:///etc/passwd", "http://", "http://u:p@a.example/", "http://a.example:99999/", "javascript:1", "http://[::1"]
)
def test_addresses_that_are_none(url: str) -> None:
    with pytest.raises(UsageError):
        check_address(url, frozenset(), lambda host, port: ["8.8.8.8"])


def test_the_connection_goes_to_the_address_that_was_checked() -> None:
    answers = iter([["8.8.8.8"], ["127.0.0.1"]])
    assert check_address("https://gov.example", frozenset(), lambda host, port: next(answers)).numeric == "8.8.8.8"
