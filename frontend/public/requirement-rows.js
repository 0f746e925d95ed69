// Adds, removes and moves the rows of a vacancy's requirements. Without it the page has spare rows at its end.
"use strict";

function setUp(box) {
  const list = box.querySelector("ol");
  const blank = box.querySelector("template").content;
  const status = box.querySelector("[role=status]");
  const add = box.querySelector("[data-add]");
  const most = Number(box.dataset.most);

  const field = (row) => row.querySelector("textarea");
  const place = (row) => [...list.children].indexOf(row) + 1;
  const tell = (text, row) => { status.textContent = text.replace("{number}", place(row)); };

  function refresh() {
    const rows = [...list.children];
    rows.forEach((row, index) => {
      row.querySelector("[data-up]").disabled = index === 0;
      row.querySelector("[data-down]").disabled = index === rows.length - 1;
      for (const part of row.querySelectorAll("[data-label]")) {
        part.setAttribute("aria-label", part.dataset.label.replace("{number}", index + 1));
      }
    });
    add.disabled = rows.length >= most;
  }

  function addRow() {
    list.append(blank.cloneNode(true));
    refresh();
    field(list.lastElementChild).focus();
    tell(box.dataset.added, list.lastElementChild);
  }

  function remove(row) {
    const next = row.nextElementSibling || row.previousElementSibling;
    tell(box.dataset.removed, row);
    row.remove();
    refresh();
    (next ? field(next) : add).focus();
  }

  function move(row, button) {
    if ("up" in button.dataset) row.previousElementSibling?.before(row);
    else row.nextElementSibling?.after(row);
    refresh();
    (button.disabled ? field(row) : button).focus();
    tell(box.dataset.moved, row);
  }

  box.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    const row = button.closest("li");
    if (button === add) addRow();
    else if ("remove" in button.dataset) remove(row);
    else move(row, button);
  });
  list.addEventListener("change", (event) => {
    if (event.target.tagName !== "SELECT") return;
    const weight = event.target.closest("li").querySelector("input");
    weight.placeholder = event.target.selectedOptions[0].dataset.weight;
  });

  // The spare rows are for browsers without scripts; one stays for a vacancy that has none yet.
  for (const row of [...list.children].reverse()) {
    if (!field(row).value && list.children.length > 1) row.remove();
  }
  for (const part of box.querySelectorAll("[hidden]")) part.hidden = false;
  for (const part of blank.querySelectorAll("[hidden]")) part.hidden = false;
  refresh();
}

document.addEventListener("DOMContentLoaded", () => {
  for (const box of document.querySelectorAll("[data-requirements]")) setUp(box);
});
