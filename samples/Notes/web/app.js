// The page: which part is shown, and what its forms do. Everything that AWS answers is shown in its own words.
import { loadSettings } from "./settings.js";
import { AwsError, Session } from "./session.js";
import { Notes } from "./notes.js";

const $ = (selector, root = document) => root.querySelector(selector);
const sections = [...document.querySelectorAll("main > section")];

let settings, session, notes;
let pending = { email: "", password: "" }; // who is waiting for a code

start();

async function start() {
  try {
    settings = await loadSettings();
  } catch (error) {
    return say(error.message, true);
  }
  session = new Session(settings);
  notes = new Notes(settings, session);
  for (const link of document.querySelectorAll("[data-inbox]")) {
    link.hidden = !settings.inbox;
    link.href = settings.inbox ?? "";
  }
  for (const link of document.querySelectorAll(".links a")) link.addEventListener("click", () => say(""));
  addEventListener("hashchange", show);
  show();
}

/** Shows the part that the address names, and none that the user may not see. */
function show() {
  const wanted = location.hash.slice(1);
  const name = session.isSignedIn ? "notes" : sections.some(({ id }) => id === wanted && id !== "notes") ? wanted : "sign-in";
  for (const section of sections) section.hidden = section.id !== name;
  for (const place of document.querySelectorAll("[data-email]")) place.textContent = pending.email;
  $("#account").hidden = !session.isSignedIn;
  $("#email").textContent = session.email ?? "";
  $(`#${name} :is(input, textarea)`)?.focus();
  if (name === "notes") list();
}

/** Goes to a part of the page; a message that is said afterwards stays. */
function go(name) {
  if (location.hash === `#${name}`) show();
  else location.hash = name;
}

function say(text, isError = false) {
  const message = $("#message");
  message.textContent = text ?? "";
  message.classList.toggle("error", isError);
  message.hidden = !text;
}

/** Runs what a form or button asks for: it is disabled meanwhile, and a refusal is shown. */
async function run(element, action) {
  const buttons = element.matches("button") ? [element] : [...element.querySelectorAll("button")];
  const wasSignedIn = session.isSignedIn;
  buttons.forEach((button) => (button.disabled = true));
  say("");
  try {
    await action();
  } catch (error) {
    say(error.message, true);
    if (error instanceof AwsError && error.code === "UserNotConfirmedException") go("confirm");
    else if (wasSignedIn && !session.isSignedIn) show();
  } finally {
    buttons.forEach((button) => (button.disabled = false));
  }
}

function onSubmit(selector, action) {
  const form = $(selector);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    run(form, () => action(Object.fromEntries(new FormData(form)), form));
  });
}

// --- signing up, in and out ---

onSubmit("#sign-in form", async ({ email, password }, form) => {
  pending = { email, password };
  await session.signIn(email, password);
  welcome(form);
});

onSubmit("#sign-up form", async ({ email, password }, form) => {
  pending = { email, password };
  const { UserConfirmed: isConfirmed } = await session.signUp(email, password);
  form.reset();
  go(isConfirmed ? "sign-in" : "confirm");
});

onSubmit("#confirm form", async ({ code }, form) => {
  await session.confirm(pending.email, code);
  form.reset();
  if (!pending.password) return go("sign-in");
  await session.signIn(pending.email, pending.password);
  welcome(form);
});

$("#resend").addEventListener("click", ({ target }) =>
  run(target, async () => {
    const { CodeDeliveryDetails: sent } = await session.resendCode(pending.email);
    say(`Another code was sent to ${sent.Destination}.`);
  }),
);

onSubmit("#forgot form", async ({ email }, form) => {
  pending = { email, password: "" };
  await session.forgotPassword(email);
  form.reset();
  go("new-password");
});

onSubmit("#new-password form", async ({ code, password }, form) => {
  await session.setPassword(pending.email, code, password);
  await session.signIn(pending.email, password);
  welcome(form);
});

$("#sign-out").addEventListener("click", ({ target }) =>
  run(target, async () => {
    await session.signOut();
    $("#list").replaceChildren();
    go("sign-in");
  }),
);

function welcome(form) {
  pending = { email: "", password: "" };
  form.reset();
  go("notes");
}

// --- notes ---

onSubmit("#composer", async ({ text, picture }, form) => {
  const note = await notes.add(text);
  form.reset();
  showFileName(form);
  $("#list").prepend(render(note));
  $("#empty").hidden = true;
  if (picture?.size) await upload(note.id, picture);
});

$("#composer").addEventListener("change", ({ currentTarget }) => showFileName(currentTarget));

function showFileName(form) {
  $("[data-file]", form).textContent = form.elements.picture.files[0]?.name ?? "Add a picture";
}

async function list() {
  await run($("#sign-out"), async () => {
    const all = await notes.list();
    $("#list").replaceChildren(...all.map(render));
    $("#empty").hidden = all.length > 0;
  });
}

function render(note) {
  const item = $("#note").content.firstElementChild.cloneNode(true);
  item.dataset.id = note.id;
  $(".text", item).textContent = note.text;
  const time = $("time", item);
  time.dateTime = note.updated;
  time.textContent = new Date(note.updated).toLocaleString([], { dateStyle: "medium", timeStyle: "short" });
  if (note.picture) {
    const picture = $("img", item);
    picture.src = note.picture.url;
    picture.hidden = false;
  }
  const form = $("form", item);
  const edit = (isOn) => {
    form.hidden = !isOn;
    $(".text", item).hidden = isOn;
    form.elements.text.value = note.text;
    if (isOn) form.elements.text.focus();
  };
  $("[data-action=edit]", item).addEventListener("click", () => edit(true));
  $("[data-action=cancel]", item).addEventListener("click", () => edit(false));
  $("[data-action=delete]", item).addEventListener("click", ({ target }) => run(target, () => remove(note.id)));
  $("input[type=file]", item).addEventListener("change", ({ target }) => run(item, () => upload(note.id, target.files[0])));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    run(form, async () => replace(await notes.change(note.id, form.elements.text.value)));
  });
  return item;
}

/** Puts the new state of a note in the place of the old one. */
function replace(note) {
  find(note.id)?.replaceWith(render(note));
}

function find(id) {
  return $(`#list > [data-id="${id}"]`);
}

async function remove(id) {
  const dialog = $("#ask-delete");
  dialog.returnValue = "";
  dialog.showModal();
  await new Promise((resolve) => dialog.addEventListener("close", resolve, { once: true }));
  if (dialog.returnValue !== "delete") return;
  await notes.remove(id);
  find(id)?.remove();
  $("#empty").hidden = $("#list").children.length > 0;
}

/** Uploads a picture, then waits until the bucket's event has brought it into the note. */
async function upload(id, file) {
  find(id)?.classList.add("busy");
  try {
    const pictureId = await notes.upload(id, file);
    for (let attempt = 0; attempt < 20; attempt++) {
      const note = (await notes.list()).find((candidate) => candidate.id === id);
      if (!note) return;
      if (note.picture?.id === pictureId) return replace(note);
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
    say("The picture is on its way: reload the page to see it.");
  } finally {
    find(id)?.classList.remove("busy");
  }
}
