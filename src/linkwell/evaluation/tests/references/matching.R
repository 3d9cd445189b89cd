# Works out matching.csv with Matching (pairs) and sandwich (errors), and writes matching.json.
# R 4.2.2, Matching 4.10-8, sandwich 3.0-2. The caliper is 0.2 pooled standard deviations of the logit (Austin 2011).
# Matching takes the treated in the order of the rows, so the rows are put in order first: the hardest to match first.
suppressMessages({library(Matching); library(sandwich)})
people <- read.csv("matching.csv")
covariates <- c("age", "visits", "deprivation")
fitted <- glm(reformulate(covariates, "d"), binomial, people, epsilon = 1e-12)
logit <- unname(predict(fitted, type = "link"))
wide <- 0.2 * sqrt((var(logit[people$d == 1]) + var(logit[people$d == 0])) / 2)
first <- order(-logit)

pairs <- function(exact, replace) {
  x <- cbind(logit, people$sex == "m")[first, 1:(1 + exact), drop = FALSE]
  limits <- c(wide / sd(logit), if (exact) 1000)
  found <- Match(Tr = people$d[first], X = x, M = 1, replace = replace, ties = FALSE, caliper = limits, distance.tolerance = 1e-15,
                 exact = c(FALSE, if (exact) TRUE))
  list(treated = first[found$index.treated], controls = first[found$index.control])
}
effect <- function(pair, outcome, family) {
  both <- people[c(pair$treated, pair$controls), ]
  formula <- reformulate(c("d", covariates), outcome)
  watched <- if (outcome == "events") both$years else rep(1, nrow(both))
  model <- if (family == "linear") lm(formula, both) else
    glm(formula, poisson, both, offset = log(watched), epsilon = 1e-12)
  error <- sqrt(vcovCL(model, cluster = rep(pair$controls, 2), type = "HC1")["d", "d"])
  c(unname(coef(model)["d"]), error)
}
shown <- function(values) paste0("[", paste(format(values, digits = 12, trim = TRUE), collapse = ", "), "]")
line <- function(name, values) paste0("  \"", name, "\": ", shown(values))
lines <- c(line("logit", head(logit, 20)), line("caliper", wide))
all <- list(once = pairs(FALSE, FALSE), exact = pairs(TRUE, FALSE), again = pairs(FALSE, TRUE))
for (name in names(all)) {
  pair <- all[[name]]
  rows <- order(pair$treated)
  lines <- c(lines,
    line(paste0(name, "_treated"), pair$treated[rows] - 1),
    line(paste0(name, "_controls"), pair$controls[rows] - 1),
    line(paste0(name, "_score"), effect(pair, "score", "linear")),
    line(paste0(name, "_better"), effect(pair, "better", "linear")),
    line(paste0(name, "_better_ratio"), effect(pair, "better", "poisson")),
    line(paste0(name, "_events_ratio"), effect(pair, "events", "poisson")))
}
pair <- all$once
apart <- sapply(covariates, function(name) {
  (mean(people[pair$treated, name]) - mean(people[pair$controls, name])) / sd(people[people$d == 1, name])
})
writeLines(c("{", paste(c(lines, line("once_balance", apart)), collapse = ",\n"), "}"), "matching.json")
