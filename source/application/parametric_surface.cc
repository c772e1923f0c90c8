// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/application/formula_entry.h>
#include <sobolev/application/parametric_surface.h>
#include <sobolev/base/exceptions.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace sobolev
{
  namespace
  {
    // Points from which the area is computed.
    constexpr unsigned int n_area_points = 4096;



    // sqrt(det(J^T J)) of a matrix that is given by its columns, as the product
    // of what of each column is normal to those before it.
    double
    volume(std::vector<std::vector<double>> columns)
    {
      double product = 1.;
      for (unsigned int i = 0; i < columns.size(); ++i)
        {
          auto        &column = columns[i];
          const double length = std::sqrt(std::inner_product(
            column.begin(), column.end(), column.begin(), 0.));
          product *= length;
          if (length == 0.)
            return 0.;
          for (unsigned int k = i + 1; k < columns.size(); ++k)
            {
              const double part =
                std::inner_product(
                  column.begin(), column.end(), columns[k].begin(), 0.) /
                (length * length);
              for (unsigned int d = 0; d < column.size(); ++d)
                columns[k][d] -= part * column[d];
            }
        }
      return product;
    }
  } // namespace



  ParametricSurface::ParametricSurface(
    const std::string              &entry,
    const std::string              &text,
    const unsigned int              n_inputs,
    const FormulaParser::Constants &constants)
    : n_inputs(n_inputs)
  {
    const auto items = split_at_commas(text);
    AssertInput(items.size() == n_inputs,
                entry << ": '" << text << "' are " << items.size()
                      << " formulas; there must be one for each of the "
                      << n_inputs << " inputs.");

    // Parameters are what is called s1, s2, ...
    const auto resolve = [&](const std::string &name) {
      for (unsigned int k = 1; k <= n_inputs; ++k)
        if (name == "s" + std::to_string(k))
          {
            n_parameters = std::max(n_parameters, k);
            return k - 1;
          }
      throw InputError("'" + name +
                       "' is not known; the parameters of a surface are s1 "
                       "to s" +
                       std::to_string(n_inputs));
    };
    for (const std::string &item : items)
      formulas.push_back(parse_formula(entry, item, {}, constants, resolve));

    BoxRule rule;
    rule.n_points            = n_area_points;
    const InputPoints points = sample(rule, MPI_COMM_SELF);
    measure = std::accumulate(points.weights.begin(), points.weights.end(), 0.);
    AssertInput(std::isfinite(measure) && measure > 0.,
                entry << ": the area of '" << text << "' is " << measure
                      << "; it must be a positive number.");
  }



  InputPoints
  ParametricSurface::sample(const BoxRule &rule,
                            const MPI_Comm communicator) const
  {
    // 1. Points in the cube; for no parameters, one point, as on the face of
    // an interval.
    Box cube;
    cube.lower.assign(std::max(1U, n_parameters), 0.);
    cube.upper.assign(std::max(1U, n_parameters), 1.);
    InputPoints parameters =
      n_parameters == 0 ? sample_box_face(cube, {0, false}, rule, communicator)
                        : sample_box(cube, rule, communicator);

    // 2. Their images, with the derivatives in the parameters.
    const JetSpecification jet =
      JetSpecification::gradient(std::max(1U, n_parameters));
    InputPoints points(n_inputs, parameters.size());
    for (std::size_t p = 0; p < points.size(); ++p)
      {
        std::vector<Jet> s;
        for (unsigned int k = 0; k < parameters.n_inputs(); ++k)
          s.push_back(Jet::input(jet, k, parameters(k, p)));
        std::vector<std::vector<double>> columns(n_parameters,
                                                 std::vector<double>(n_inputs));
        for (unsigned int i = 0; i < n_inputs; ++i)
          {
            const Jet image =
              formulas[i].evaluate(dealii::ArrayView<const Jet>(s));
            points(i, p) = image[0];
            for (unsigned int k = 0; k < n_parameters; ++k)
              columns[k][i] = image[jet.first(k)];
          }
        points.weights[p] = parameters.weights[p] * volume(columns);
      }
    return points;
  }
} // namespace sobolev
