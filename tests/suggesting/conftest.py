"""A small archive: what is worth suggesting stands in three articles, a slip in one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from search.article import Entity
from search.engines.locating import open_writer
from search.service import Index, open_index
from tests.articles import article

TITLES = [
    "字节跳动发布人工智能芯片",
    "中国人民银行谈数字货币的风险",
    "南京的数据库索引",
    "用 Kubernetes 管理集群",
    "京东物流的快递",
    "银行的人工服务",
]
COPIES = 3


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where an index of these is; read it, never write it."""
    location = tmp_path_factory.mktemp("archive") / "index"
    with open_writer(str(location)) as writer:
        for copy in range(COPIES):
            for number, title in enumerate(TITLES):
                one = article(
                    f"{number}-{copy}",
                    title,
                    f"第{copy}篇。{title}。",
                    authors=("36kr",) if number else ("机器之心",),
                    tags=("物流 园区", "快递") if number == 4 else (),
                    categories=(("新媒体", "资讯"), ("Hacker News",)) if number == 3 else (),
                    entities=() if number else (Entity("字节跳动", "1"),),
                )
                writer.put(one)
            short = f"芯片短讯{copy}"
            writer.put(article(f"short-{copy}", short, "集群与风险一起涨。Kubernetxs！"))
        writer.put(article("rare", "锁引", "只有一篇。"))
        writer.commit()
    return location


@pytest.fixture(scope="module")
def index(archive: Path) -> Iterator[Index]:
    with open_index(archive) as index:
        yield index
