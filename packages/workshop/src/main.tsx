import { render } from "preact";
import { Page } from "./page/page.tsx";
import "./page/page.css";

const place = document.getElementById("page");
if (place === null) throw new Error("the page has no place for its content");
render(<Page />, place);
