// The list of suggestions as elements: groups of options, each group of one kind.

export const optionsOf = (list) => [...list.querySelectorAll("[role=option]")];

// `entries` are of /api/suggest, of recent searches, or the one that clears those. `texts` has the
// name of each kind, and what else is said.
export function groupsOf(entries, typed, texts) {
  const groups = new Map();
  entries.forEach((entry) => {
    if (!groups.has(entry.kind)) groups.set(entry.kind, groupOf(texts[entry.kind]));
    groups.get(entry.kind).append(optionOf(entry, typed, texts));
  });
  const all = [...groups.values()];
  all.flatMap(optionsOf).forEach((option, at) => {
    option.id = `suggestion-${at}`;
  });
  return all;
}

function groupOf(name) {
  const group = make("div", "group");
  group.role = "group";
  if (!name) return group; // of what clears the list
  group.ariaLabel = name;
  const label = make("div", "kind", name);
  label.ariaHidden = "true"; // the group has that name
  group.append(label);
  return group;
}

function optionOf({ kind, text, query, count, path, id }, typed, texts) {
  const option = make("div", `option ${kind}`);
  option.role = "option";
  option.ariaSelected = "false";
  option.dataset.kind = kind;
  if (query) option.dataset.query = query;
  if (id) option.dataset.article = encodeURIComponent(id);
  const words = make("span", "words");
  words.append(...marked(path?.length ? path.join(" / ") : text, typed));
  option.append(words);
  if (count && !id) {
    const shown = texts.count.replace("{count}", count.toLocaleString("en"));
    option.append(make("span", "count", shown));
  }
  if (kind === "recent") {
    const remove = make("span", "remove", "×");
    remove.ariaHidden = "true"; // by keyboard it is the key Delete, as the group's name says
    remove.title = texts.remove;
    option.append(remove);
  }
  return option;
}

// What was typed last, where it stands in the text: nowhere when it was typed as it sounds.
function marked(text, typed) {
  const wanted = typed.split(/[\s:："“”「」]+/).findLast(Boolean)?.toLowerCase();
  const at = wanted ? text.toLowerCase().indexOf(wanted) : -1;
  if (at < 0) return [text];
  const end = at + wanted.length;
  return [text.slice(0, at), make("mark", "", text.slice(at, end)), text.slice(end)];
}

function make(name, classes, text = "") {
  const made = document.createElement(name);
  if (classes) made.className = classes;
  made.textContent = text;
  return made;
}
