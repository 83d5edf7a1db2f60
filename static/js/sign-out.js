// Text that is not saved yet lies in this browser. Who signs out is asked before it is removed from here.

import { Dialog, button, element } from "./dialog.js";
import { draftsOf, forgetDraftsOf } from "./local-drafts.js";

for (const form of document.querySelectorAll("form[data-sign-out]")) {
  form.addEventListener("submit", (event) => {
    const { userId } = document.body.dataset;
    const count = draftsOf(userId);
    if (!count) return;
    event.preventDefault();
    const dialog = new Dialog("还有内容没有保存", { className: "window-narrow" });
    dialog.body.append(
      element("p", {
        textContent: `有 ${count} 处填写的内容只暂存在本机，还没有保存到服务器。退出登录会把它从本机清除，无法找回。`,
      }),
      element("div", { className: "form-actions" }, [
        button("留在本页，先保存", () => dialog.close(), "btn btn-primary"),
        button(
          "清除并退出",
          () => {
            forgetDraftsOf(userId);
            form.submit();
          },
          "btn btn-outline-danger",
        ),
      ]),
    );
    dialog.open();
  });
}
