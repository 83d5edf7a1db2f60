// The session has expired while somebody writes: sign in in place, then go on. What is typed stays in the form.

import { useToken } from "./autosave.js";
import { Dialog, button, element } from "./dialog.js";

const TRY_LATER = "登录失败次数过多，请 15 分钟后再试。您填写的内容暂存在本机，不会丢失。";

// Resolves to "same" (the writer is back), "other" (somebody else has signed in) or "later" (closed without).
export function signInAgain({ loginUrl, userId, username, name, membership }) {
  return new Promise((resolve) => {
    let outcome = "later";
    const window_ = new Dialog("登录已过期，请重新登录", {
      className: "window-narrow",
      onClose: () => resolve(outcome),
    });
    const account = element("input", {
      id: "again-username",
      name: "username",
      className: "form-control",
      value: username,
      autocomplete: "username",
      required: true,
    });
    const password = element("input", {
      id: "again-password",
      name: "password",
      type: "password",
      className: "form-control",
      autocomplete: "current-password",
      required: true,
    });
    const problem = element("p", { className: "window-problem", attributes: { role: "alert" } });
    const submit = element("button", {
      type: "submit",
      className: "btn btn-primary",
      textContent: "登录并继续",
    });
    const form = element("form", { noValidate: true }, [
      element("p", {
        textContent: `您较长时间没有操作，为安全起见已自动退出。您填写的内容还在，登录后接着保存。`,
      }),
      problem,
      element("div", { className: "mb-3" }, [
        element("label", { className: "form-label", htmlFor: account.id, textContent: "账号" }),
        account,
      ]),
      element("div", { className: "mb-3" }, [
        element("label", { className: "form-label", htmlFor: password.id, textContent: "密码" }),
        password,
      ]),
      element("div", { className: "form-actions" }, [
        submit,
        button("稍后登录", () => window_.close(), "btn btn-link"),
      ]),
    ]);
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      problem.textContent = "";
      if (!account.value.trim() || !password.value) {
        problem.textContent = "请填写账号和密码。";
        (account.value.trim() ? password : account).focus();
        return;
      }
      submit.disabled = true;
      const answer = await signIn(loginUrl, {
        username: account.value.trim(),
        password: password.value,
        membership,
      });
      submit.disabled = false;
      if (answer.problem) {
        problem.textContent = answer.problem;
        password.value = "";
        password.focus();
        return;
      }
      useToken(answer.csrf_token);
      if (String(answer.user_id) === userId) {
        outcome = "same";
        window_.close();
        return;
      }
      outcome = "other";
      problem.textContent = `您登录的不是原来的账号。本页内容是${name}填写的，不会保存到其他人名下。请用${name}的账号登录。`;
      account.value = username;
      password.value = "";
      password.focus();
    });
    window_.body.append(form);
    window_.open();
  });
}

async function signIn(url, fields, again = true) {
  let response;
  let data = {};
  try {
    response = await fetch(url, {
      method: "POST",
      headers: {
        Accept: "application/json",
        "X-CSRFToken": document.querySelector("[name=csrfmiddlewaretoken]").value,
      },
      body: new URLSearchParams(fields),
    });
    if (response.headers.get("Content-Type")?.startsWith("application/json")) data = await response.json();
  } catch {
    return { problem: "网络中断，暂时无法登录。请恢复网络后重试。" };
  }
  if (response.ok && data.user_id) return data;
  if (data.state === "stale" && again) {
    useToken(data.csrf_token);
    return signIn(url, fields, false);
  }
  if (response.status === 403 || response.status === 429) return { problem: data.message || TRY_LATER };
  return { problem: data.message || "登录没有成功，请重试。" };
}
