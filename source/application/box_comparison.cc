// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/application/box_comparison.h>

#include <algorithm>
#include <cmath>
#include <sstream>

namespace sobolev
{
  namespace
  {
    // Sums and maxima over the points of one output.
    struct Accumulated
    {
      void
      add(const double weight, const double error, const double exact)
      {
        measure += weight;
        error_square += weight * error * error;
        exact_square += weight * exact * exact;
        largest_error = std::max(largest_error, std::abs(error));
        largest_exact = std::max(largest_exact, std::abs(exact));
      }

      void
      add(const Accumulated &other)
      {
        measure = other.measure;
        error_square += other.error_square;
        exact_square += other.exact_square;
        largest_error = std::max(largest_error, other.largest_error);
        largest_exact = std::max(largest_exact, other.largest_exact);
      }

      void
      reduce(const MPI_Comm communicator)
      {
        for (double *sum : {&measure, &error_square, &exact_square})
          *sum = dealii::Utilities::MPI::sum(*sum, communicator);
        for (double *maximum : {&largest_error, &largest_exact})
          *maximum = dealii::Utilities::MPI::max(*maximum, communicator);
      }

      BoxErrors
      errors() const
      {
        return {std::sqrt(error_square),
                std::sqrt(error_square / exact_square),
                std::sqrt(error_square / measure),
                largest_error,
                largest_error / largest_exact};
      }

      double measure = 0., error_square = 0., exact_square = 0.,
             largest_error = 0., largest_exact = 0.;
    };



    // One channel of the jets of all outputs: by output, then by point.
    std::vector<std::vector<double>>
    evaluate_channel(const Network             &network,
                     const std::vector<double> &theta,
                     const InputPoints         &points,
                     const JetSpecification    &jet,
                     const unsigned int         channel)
    {
      AssertDimension(points.n_inputs(), network.n_inputs());

      NetworkWeights weights(network);
      weights.assign(dealii::make_array_view(theta));
      JetTile                          tile(network, jet);
      std::vector<std::vector<double>> values(network.n_outputs());
      for (std::size_t begin = 0; begin < points.size();
           begin += tile.capacity())
        {
          tile.reinit(
            std::min<std::size_t>(tile.capacity(), points.size() - begin));
          for (unsigned int i = 0; i < points.n_inputs(); ++i)
            tile.set_inputs(i, points.input(i).data() + begin);
          network.evaluate(weights, tile);
          for (unsigned int o = 0; o < values.size(); ++o)
            values[o].insert(values[o].end(),
                             tile.output(o, channel),
                             tile.output(o, channel) + tile.n_points());
        }
      return values;
    }



    // Values of a solution at points.
    std::vector<double>
    evaluate_solution(const EquationParameters::Solution &solution,
                      const InputPoints                  &points,
                      const unsigned int                  unknown)
    {
      std::vector<double> values;
      for (std::size_t p = 0; p < points.size(); ++p)
        values.push_back(solution(points.point(p), unknown));
      return values;
    }



    std::vector<double>
    absolute_difference(const std::vector<double> &one,
                        const std::vector<double> &two)
    {
      std::vector<double> result(one.size());
      for (std::size_t i = 0; i < one.size(); ++i)
        result[i] = std::abs(one[i] - two[i]);
      return result;
    }



    void
    add_curves(const std::string         &name,
               const InputPoints         &points,
               const std::vector<double> &u,
               const std::vector<double> &exact,
               Report                    &report)
    {
      FieldCurve curve;
      curve.title  = name;
      curve.x      = {points.input(0).begin(), points.input(0).end()};
      curve.series = {{"surrogate", u}};
      if (!exact.empty())
        curve.series.emplace_back("exact", exact);
      report.curves.push_back(curve);
      if (exact.empty())
        return;
      curve.title  = "Error of " + name;
      curve.series = {{"|exact - surrogate|", absolute_difference(exact, u)}};
      curve.logarithmic = true;
      report.curves.push_back(curve);
    }



    void
    add_images(const std::string         &name,
               FieldImage                 image,
               const std::vector<double> &u,
               const std::vector<double> &exact,
               Report                    &report)
    {
      const auto &range = exact.empty() ? u : exact;
      image.color_min   = *std::min_element(range.begin(), range.end());
      image.color_max   = *std::max_element(range.begin(), range.end());
      image.title       = name + ", surrogate";
      image.values      = u;
      report.fields.push_back(image);
      if (exact.empty())
        return;
      image.title  = name + ", exact";
      image.values = exact;
      report.fields.push_back(image);
      image.title       = name + ", |exact - surrogate|";
      image.values      = absolute_difference(exact, u);
      image.logarithmic = true;
      image.color_min = image.color_max = 0.;
      report.fields.push_back(image);
    }
  } // namespace



  std::vector<std::vector<double>>
  evaluate_outputs(const Network             &network,
                   const std::vector<double> &theta,
                   const InputPoints         &points)
  {
    return evaluate_channel(
      network, theta, points, JetSpecification::value(), 0);
  }



  std::vector<BoxErrors>
  compute_box_errors(const Network                      &network,
                     const std::vector<double>          &theta,
                     const EquationParameters::Solution &solution,
                     const std::vector<unsigned int>    &outputs,
                     const InputPoints                  &points,
                     const MPI_Comm                      communicator)
  {
    const auto             values = evaluate_outputs(network, theta, points);
    std::vector<BoxErrors> errors;
    Accumulated            all;
    for (const unsigned int c : outputs)
      {
        const auto  exact = evaluate_solution(solution, points, c);
        Accumulated one;
        for (std::size_t p = 0; p < points.size(); ++p)
          one.add(points.weights[p], exact[p] - values[c][p], exact[p]);
        one.reduce(communicator);
        errors.push_back(one.errors());
        all.add(one);
      }
    errors.push_back(all.errors());
    return errors;
  }



  std::vector<double>
  compute_box_gradient_errors(
    const Network                              &network,
    const std::vector<double>                  &theta,
    const EquationParameters::SolutionGradient &gradient,
    const std::vector<unsigned int>            &outputs,
    const std::vector<unsigned int>            &inputs,
    const InputPoints                          &points,
    const MPI_Comm                              communicator)
  {
    // 1. By input, output, point.
    std::vector<std::vector<std::vector<double>>> slopes;
    for (const unsigned int input : inputs)
      {
        JetSpecification jet;
        const unsigned   direction = jet.add_first(input);
        slopes.push_back(
          evaluate_channel(network, theta, points, jet, jet.first(direction)));
      }

    // 2. Of each output, all inputs together.
    std::vector<double> errors;
    for (const unsigned int c : outputs)
      {
        Accumulated all;
        for (std::size_t p = 0; p < points.size(); ++p)
          {
            const auto exact = gradient(points.point(p), c);
            for (unsigned int i = 0; i < inputs.size(); ++i)
              all.add(points.weights[p],
                      exact[inputs[i]] - slopes[i][c][p],
                      exact[inputs[i]]);
          }
        all.reduce(communicator);
        errors.push_back(all.errors().relative_l2);
      }
    return errors;
  }



  void
  add_box_pictures(const Network                      &network,
                   const std::vector<double>          &theta,
                   const EquationParameters::Solution &solution,
                   const Box                          &box,
                   const FormulaNames                 &names,
                   const std::vector<unsigned int>    &outputs,
                   Report                             &report)
  {
    // 1. A grid.
    const bool         is_line = box.n_inputs() == 1;
    const unsigned int nx = is_line ? 501 : 161, ny = is_line ? 1 : 161;
    InputPoints        points(box.n_inputs(), nx * ny);
    for (unsigned int p = 0; p < nx * ny; ++p)
      for (unsigned int i = 0; i < box.n_inputs(); ++i)
        {
          const double part = i == 0   ? (p % nx) / (nx - 1.)
                              : i == 1 ? (p / nx) / (ny - 1.)
                                       : 0.5;
          points(i, p)      = box.lower[i] + part * box.length(i);
        }

    // 2. Where it is in the other inputs.
    std::ostringstream place_text;
    for (unsigned int i = 2; i < box.n_inputs(); ++i)
      place_text << ", " << names.inputs[i] << " = " << points(i, 0);
    const std::string place = place_text.str();

    // 3. Values on it.
    const auto values = evaluate_outputs(network, theta, points);
    const auto all    = names.outputs();
    for (const unsigned int c : outputs)
      {
        const auto  exact = solution ? evaluate_solution(solution, points, c)
                                     : std::vector<double>();
        std::string name  = all[c];
        if (is_line)
          {
            add_curves(name, points, values[c], exact, report);
            continue;
          }
        name += "(" + names.inputs[0] + ", " + names.inputs[1] + place + ")";
        FieldImage image;
        image.nx = nx;
        image.ny = ny;
        image.x0 = box.lower[0];
        image.x1 = box.upper[0];
        image.y0 = box.lower[1];
        image.y1 = box.upper[1];
        add_images(name, image, values[c], exact, report);
      }
  }
} // namespace sobolev
