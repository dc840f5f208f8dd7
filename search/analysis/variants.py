"""Forms of a Han character that OpenCC's table leaves apart, and that readers take to be the same.

Each pair is a form and what it is folded to. A form with a meaning of its own in today's Chinese
(祇, 藉, 么) is not among them.
"""

from __future__ import annotations

_TRADITIONAL = """
谘咨 钜巨 锺钟 馀余 衞卫 缐线 镟旋 讬托 迳径 簷檐 痺痹 暱昵 瞭了 著着 妳你
"""
"""What OpenCC 1.2 simplifies by phrases only, or writes when it makes Traditional of Simplified.

Of 著 and 着 a Simplified text has both; a Traditional one has 著 for either (看著, 著名).
"""

_VARIANT = """
囘回 廻回 戸户 歴历 勦剿 姪侄 寃冤 尅克 彊强 曡叠 朶朵 氷冰 砲炮 碁棋 菓果 蔴麻 衹只 覩睹 艶艳 邨村
閙闹 隣邻 鹸碱 硷碱 偺咱 喒咱 凴凭 刼劫 厰厂 恠怪 慙惭 懃勤 捄救 猨猿 緜绵 罸罚 蘓苏 讐仇
賸剩 躭耽 輭软 辢辣 関关 闗关 韮韭 塩盐 麤粗 亾亡 冄冉 効效 匃丐 呪咒 埜野 夀寿 嬾懒 峩峨 庻庶 徧遍
恡吝 懽欢 挿插 攷考 斈学 栁柳 椶棕 槀槁 欵款 歛敛 毘毗 湼涅 潄漱 濶阔 犂犁 珎珍 甎砖 疎疏 盇盍 硏研
祘算 秊年 穉稚 竢俟 簒篡 粇糠 繖伞 翄翅 耡锄 胷胸 脇胁 臯皋 蘂蕊 裠裙 豓艳 軰辈 逩奔 醻酬 鐡铁 鉄铁
鑚钻 阬坑 阯址 隄堤 靭韧 鞵鞋 飮饮 鬦斗 鬪斗 鵞鹅 麐麟 黒黑 毎每 槪概 歳岁 靑青 淸清
"""
"""The commoner ones of China's first list of variants (第一批异体字整理表, 1955), and old forms."""

_RADICAL = """
⺁厂 ⺠民 ⻁虎 ⻄西 ⻅见 ⻆角 ⻉贝 ⻋车 ⻑长 ⻓长 ⻔门 ⻘青 ⻙韦 ⻚页
⻛风 ⻜飞 ⻝食 ⻡首 ⻢马 ⻣骨 ⻤鬼 ⻥鱼 ⻦鸟 ⻧卤 ⻨麦 ⻩黄 ⻪黾 ⻬齐 ⻮齿 ⻰龙
"""
"""Radicals that stand for characters in text copied from a PDF, and that NFKC leaves as they are.

From Unicode's EquivalentUnifiedIdeograph.txt.
"""

VARIANTS = {ord(pair[0]): pair[1] for pair in f"{_TRADITIONAL} {_VARIANT} {_RADICAL}".split()}
"""Code of a form, after OpenCC, to the character it is folded to; for `str.translate`."""
