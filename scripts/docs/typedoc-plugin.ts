import * as path from "node:path";
import {
  type Application,
  type Context,
  Converter,
  type DocumentReflection,
  normalizePath,
  type ParameterReflection,
  type ProjectReflection,
  type Reflection,
  ReflectionKind,
  type SomeType,
} from "typedoc";

/**
 * Takes the title of a page from its heading, and lets its links to sources, which a repository shows
 * as files, lead to what these files export: [`gae`](../src/advantage/gae.ts) to the page of gae. Names
 * arguments that a signature takes apart.
 */
export function load(app: Application): void {
  app.converter.on(Converter.EVENT_CREATE_DOCUMENT, (_, page) => {
    const title = /^# (.*)$/m.exec(page.content[0].text)?.at(1);
    if (title === undefined) app.logger.error(`${page.name}: a page begins with a heading`);
    else page.name = title;
  });
  app.converter.on(
    Converter.EVENT_CREATE_PARAMETER,
    (_: Context, parameter: ParameterReflection) => {
      if (parameter.name === "__namedParameters") parameter.name = nameAfter(parameter.type);
    },
  );
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }: Context) => {
    for (const page of project.documents ?? []) linkSources(app, project, page);
  });
}

/** An argument's name by its type: ConjugateGradientOptions → options, Policy → policy. */
function nameAfter(type: SomeType | undefined): string {
  if (type?.type !== "reference" || type.name.endsWith("Options")) return "options";
  return type.name[0].toLowerCase() + type.name.slice(1);
}

function linkSources(app: Application, project: ProjectReflection, page: DocumentReflection): void {
  page.content.forEach((part, i) => {
    if (part.kind !== "relative-link" || !part.text.endsWith(".ts")) return;
    const before = page.content.slice(Math.max(i - 3, 0), i).map(({ text }) => text);
    const name = /\[`([^`]+)`\]\($/.exec(before.join(""))?.at(1);
    const exported = name === undefined ? undefined : exportNamed(project, name);
    if (exported === undefined) {
      app.logger.error(`${page.name}: no module exports what is linked to ${part.text}`);
      return;
    }
    const file = path.resolve("docs", part.text);
    project.files.registerReflectionPath(normalizePath(file), exported);
    const own = normalizePath(`${file}/${name}`);
    project.files.registerReflectionPath(own, exported);
    part.target = project.files.registerAbsolute(own).target;
  });
}

function exportNamed(project: ProjectReflection, name: string): Reflection | undefined {
  const modules = project.getChildrenByKind(ReflectionKind.Module);
  return modules
    .map((module) => module.getChildByName([name]))
    .find((found) => found !== undefined);
}
