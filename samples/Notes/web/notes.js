// The notes, through the HTTP API; pictures go to their bucket directly.
import { AwsError } from "./session.js";

export class Notes {
  #settings;
  #session;

  constructor(settings, session) {
    this.#settings = settings;
    this.#session = session;
  }

  list() {
    return this.#call("GET", "/notes");
  }

  add(text) {
    return this.#call("POST", "/notes", { text });
  }

  change(id, text) {
    return this.#call("PUT", `/notes/${id}`, { text });
  }

  remove(id) {
    return this.#call("DELETE", `/notes/${id}`);
  }

  /** Asks for a URL that allows this one upload, and puts the file there. Returns the picture's id. */
  async upload(id, file) {
    const { id: pictureId, url } = await this.#call("POST", `/notes/${id}/picture`, { type: file.type });
    const answer = await fetch(url, { method: "PUT", headers: { "content-type": file.type }, body: file });
    if (!answer.ok) throw await xmlError(answer);
    return pictureId;
  }

  /** A token that has expired meanwhile is renewed once. */
  async #call(method, path, body) {
    let answer = await this.#send(method, path, body);
    if (answer.status === 401) {
      await this.#session.refresh();
      answer = await this.#send(method, path, body);
    }
    const output = answer.status === 204 ? null : await answer.json();
    if (!answer.ok) throw new AwsError(String(answer.status), output.message ?? answer.statusText);
    return output;
  }

  #send(method, path, body) {
    return fetch(this.#settings.api + path, {
      method,
      headers: { authorization: `Bearer ${this.#session.accessToken}`, ...(body && { "content-type": "application/json" }) },
      body: body && JSON.stringify(body),
    });
  }
}

/** S3 tells its errors in XML. */
async function xmlError(answer) {
  const xml = new DOMParser().parseFromString(await answer.text(), "application/xml");
  return new AwsError(xml.querySelector("Code")?.textContent, xml.querySelector("Message")?.textContent ?? answer.statusText);
}
