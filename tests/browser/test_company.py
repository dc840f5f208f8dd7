"""Companies that articles name, chosen on the page."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

JD = 'input[name="company"][value="京东"]'


def test_a_company_narrows_and_its_chip_takes_it_back(page: Page, site: str) -> None:
    page.goto(f"{site}/?q=快递")
    page.locator(JD).check()
    expect(page).to_have_url(f"{site}/?q=%E5%BF%AB%E9%80%92&company=%E4%BA%AC%E4%B8%9C")
    expect(page.locator(".summary")).to_contain_text("共 4 篇")
    expect(page.locator(JD)).to_be_checked()
    page.locator(".chip", has_text="公司 京东").click()
    expect(page).to_have_url(f"{site}/?q=%E5%BF%AB%E9%80%92")
    expect(page.locator(JD)).not_to_be_checked()


def test_without_a_script_the_form_sends_the_company(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.goto(f"{site}/?q=快递")
    page.locator(JD).check()
    page.locator(".apply").click()
    expect(page.locator(".chip")).to_contain_text("公司 京东")
    expect(page.locator(".summary")).to_contain_text("共 4 篇")
    context.close()
