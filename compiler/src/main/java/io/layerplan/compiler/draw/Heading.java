package io.layerplan.compiler.draw;

/// What stands above a picture.
///
/// @param plan  the plan's name
/// @param text  its text
/// @param model the model's name
/// @param fused whether it is the fused program that is drawn, not the unfused one
public record Heading(String plan, String text, String model, boolean fused) {}
