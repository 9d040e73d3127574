// The figure kit without Node: data in, SVG out. Files and PNG are made by render.ts.

export { type CellBoard, cells, type CellsFigure } from "./cells.ts";
export type { LinePoint, LineSeries, ReferenceLine } from "./line-marks.ts";
export type { Axis } from "./panel.ts";
export { lines, type LinesAxis, type LinesFigure, type LinesPanel } from "./lines.ts";
export { plane, type PlaneFigure, type PlanePanel } from "./plane.ts";
export type { ArrowGroup, EllipseGroup, Metric, Named, PlanePath } from "./plane-marks.ts";
export type { Point, PointGroup } from "./plane-marks.ts";
export type { ContourGroup, Levels, ScalarField } from "./surface.ts";

export { type CurvePoint, type LearningCurve, learningCurves } from "./learning-curves.ts";
export type { LearningCurvesFigure } from "./learning-curves.ts";
export type { AscentArrow, LearningPath, PolicyMetric, PolicyPoint } from "./return-landscape.ts";
export type { Landscape, LandscapeFigure, LandscapePanel } from "./return-landscape.ts";
export { returnLandscape } from "./return-landscape.ts";
export type { StepSizeFigure, StepSizeSweep, StepSizeTrial } from "./step-size-window.ts";
export { stepSizeWindow } from "./step-size-window.ts";
export {
  type UnitFigure,
  unitInvariance,
  type UnitPanel,
  type UnitRun,
} from "./unit-invariance.ts";

export { formatNumber, formatScientific } from "./format.ts";
export { type Card, type Gallery, renderGallery } from "./gallery.ts";
export { renderReport, type Report, type ReportSection } from "./report.ts";
export { figureToSvg } from "./svg.ts";
export { type Column, createTable, type Table, unbroken } from "./table.ts";
export { type Method, type MethodStyle, stylesFor } from "./theme.ts";
