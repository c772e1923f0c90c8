// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/application/comparison_output.h>
#include <sobolev/base/atomic_file.h>
#include <sobolev/reference/point_values.h>

#include <deal.II/lac/vector.h>
#include <deal.II/numerics/data_out.h>
#include <deal.II/numerics/data_postprocessor.h>

#include <algorithm>
#include <cmath>
#include <fstream>

namespace sobolev
{
  namespace
  {
    // Computes all fields from the reference at the points of a patch.
    template <int dim>
    class ComparisonPostprocessor : public dealii::DataPostprocessor<dim>
    {
    public:
      ComparisonPostprocessor(const dealii::Function<dim> &surrogate,
                              const dealii::Function<dim> &residual)
        : surrogate(surrogate)
        , residual(residual)
        , n(surrogate.n_components)
      {
      }

      void
      evaluate_scalar_field(
        const dealii::DataPostprocessorInputs::Scalar<dim> &input,
        std::vector<dealii::Vector<double>> &computed) const override
      {
        evaluate(
          input.evaluation_points,
          [&](const unsigned int q, const unsigned int) {
            return input.solution_values[q];
          },
          computed);
      }

      void
      evaluate_vector_field(
        const dealii::DataPostprocessorInputs::Vector<dim> &input,
        std::vector<dealii::Vector<double>> &computed) const override
      {
        evaluate(
          input.evaluation_points,
          [&](const unsigned int q, const unsigned int c) {
            return input.solution_values[q][c];
          },
          computed);
      }

      std::vector<std::string>
      get_names() const override
      {
        std::vector<std::string> names;
        for (const std::string field :
             {"surrogate", "reference", "error", "residual"})
          for (unsigned int c = 0; c < n; ++c)
            names.push_back(n == 1 ? field : field + std::to_string(c));
        return names;
      }

      std::vector<
        dealii::DataComponentInterpretation::DataComponentInterpretation>
      get_data_component_interpretation() const override
      {
        return std::vector<
          dealii::DataComponentInterpretation::DataComponentInterpretation>(
          4 * n, dealii::DataComponentInterpretation::component_is_scalar);
      }

      dealii::UpdateFlags
      get_needed_update_flags() const override
      {
        return dealii::update_values | dealii::update_quadrature_points;
      }

    private:
      template <typename Reference>
      void
      evaluate(const std::vector<dealii::Point<dim>> &points,
               const Reference                       &reference,
               std::vector<dealii::Vector<double>>   &computed) const
      {
        std::vector<dealii::Vector<double>> u(points.size(),
                                              dealii::Vector<double>(n)),
          r(points.size(), dealii::Vector<double>(residual.n_components));
        surrogate.vector_value_list(points, u);
        residual.vector_value_list(points, r);
        for (unsigned int q = 0; q < points.size(); ++q)
          for (unsigned int c = 0; c < n; ++c)
            {
              computed[q][c]         = u[q][c];
              computed[q][n + c]     = reference(q, c);
              computed[q][2 * n + c] = reference(q, c) - u[q][c];
              computed[q][3 * n + c] = r[q][c];
            }
      }

      const dealii::Function<dim> &surrogate, &residual;
      const unsigned int           n;
    };



    // The grid of points that is shown.
    template <int dim>
    struct Raster
    {
      Raster(const dealii::BoundingBox<dim> &box)
      {
        constexpr unsigned int longest = dim == 1 ? 401 : dim == 2 ? 240 : 160;
        x0                             = box.lower_bound(0);
        x1                             = box.upper_bound(0);
        nx                             = longest;
        if constexpr (dim >= 2)
          {
            y0             = box.lower_bound(1);
            y1             = box.upper_bound(1);
            const double h = std::max(x1 - x0, y1 - y0) / longest;
            nx             = std::max(2., std::round((x1 - x0) / h));
            ny             = std::max(2., std::round((y1 - y0) / h));
          }
        // Pixels are points: keep them off the boundary of a box.
        for (unsigned int j = 0; j < ny; ++j)
          for (unsigned int i = 0; i < nx; ++i)
            {
              dealii::Point<dim> p;
              p[0] = x0 + (i + 0.5) / nx * (x1 - x0);
              if constexpr (dim >= 2)
                p[1] = y0 + (j + 0.5) / ny * (y1 - y0);
              if constexpr (dim == 3)
                p[2] = box.center()[2];
              points.push_back(p);
            }
      }

      unsigned int                    nx = 1, ny = 1;
      double                          x0 = 0., x1 = 0., y0 = 0., y1 = 0.;
      std::vector<dealii::Point<dim>> points;
    };
  } // namespace



  template <int dim>
  void
  write_comparison_vtu(const FiniteElementSolution<dim> &reference,
                       const dealii::Function<dim>      &surrogate,
                       const dealii::Function<dim>      &residual,
                       const std::string                &directory)
  {
    const ComparisonPostprocessor<dim> postprocessor(surrogate, residual);
    dealii::DataOut<dim>               data_out;
    dealii::DataOutBase::VtkFlags      flags;
    const unsigned int degree      = reference.dof_handler().get_fe().degree;
    flags.write_higher_order_cells = dim > 1 && degree > 1;
    data_out.set_flags(flags);
    data_out.add_data_vector(
      reference.dof_handler(), reference.values, postprocessor);
    data_out.build_patches(
      *reference.mapping, degree, dealii::DataOut<dim>::curved_inner_cells);

    // One piece per process, and the first one writes the list of them.
    const MPI_Comm communicator = reference.problem.communicator;
    const auto     piece        = [](const unsigned int process) {
      return "solution." + std::to_string(process) + ".vtu";
    };
    const unsigned int rank =
      dealii::Utilities::MPI::this_mpi_process(communicator);
    write_atomically(directory + "/" + piece(rank),
                     [&](const std::string &name) {
                       std::ofstream out(name);
                       data_out.write_vtu(out);
                     });
    if (rank == 0)
      {
        std::vector<std::string> pieces;
        for (unsigned int process = 0;
             process < dealii::Utilities::MPI::n_mpi_processes(communicator);
             ++process)
          pieces.push_back(piece(process));
        write_atomically(directory + "/solution.pvtu",
                         [&](const std::string &name) {
                           std::ofstream out(name);
                           data_out.write_pvtu_record(out, pieces);
                         });
      }
  }



  template <int dim>
  void
  add_field_pictures(const FiniteElementSolution<dim> &reference,
                     const dealii::Function<dim>      &surrogate,
                     Report                           &report)
  {
    const Raster<dim> raster(reference.problem.bounding_box());
    const bool        is_first = dealii::Utilities::MPI::this_mpi_process(
                            reference.problem.communicator) == 0;
    const auto points =
      is_first ? raster.points : std::vector<dealii::Point<dim>>();
    const std::vector<double> exact = evaluate_at_points(reference, points, 0);
    if (!is_first)
      return;

    std::vector<double> u(points.size()), error(points.size());
    surrogate.value_list(points, u);
    for (unsigned int i = 0; i < points.size(); ++i)
      {
        if (std::isnan(exact[i]))
          u[i] = exact[i];
        error[i] = std::abs(exact[i] - u[i]);
      }

    if (dim == 1)
      {
        FieldCurve curve;
        curve.title = "Solution";
        for (const auto &p : points)
          curve.x.push_back(p[0]);
        curve.series = {{"surrogate", u}, {"reference", exact}};
        report.curves.push_back(curve);

        curve.title       = "Error";
        curve.series      = {{"|reference - surrogate|", error}};
        curve.logarithmic = true;
        report.curves.push_back(curve);
        return;
      }

    FieldImage image;
    image.nx = raster.nx;
    image.ny = raster.ny;
    image.x0 = raster.x0;
    image.x1 = raster.x1;
    image.y0 = raster.y0;
    image.y1 = raster.y1;
    for (const double value : exact)
      if (std::isfinite(value))
        {
          image.color_min = std::min(image.color_min, value);
          image.color_max = std::max(image.color_max, value);
        }
    const std::string where = dim == 3 ? " (middle plane)" : "";
    image.title             = "Surrogate" + where;
    image.values            = u;
    report.fields.push_back(image);
    image.title  = "Finite element reference" + where;
    image.values = exact;
    report.fields.push_back(image);

    image.title       = "|Reference - surrogate|" + where;
    image.values      = error;
    image.logarithmic = true;
    image.color_min = image.color_max = 0.;
    report.fields.push_back(image);
  }



  template void write_comparison_vtu(const FiniteElementSolution<1> &,
                                     const dealii::Function<1> &,
                                     const dealii::Function<1> &,
                                     const std::string &);
  template void write_comparison_vtu(const FiniteElementSolution<2> &,
                                     const dealii::Function<2> &,
                                     const dealii::Function<2> &,
                                     const std::string &);
  template void write_comparison_vtu(const FiniteElementSolution<3> &,
                                     const dealii::Function<3> &,
                                     const dealii::Function<3> &,
                                     const std::string &);
  template void add_field_pictures(const FiniteElementSolution<1> &,
                                   const dealii::Function<1> &,
                                   Report &);
  template void add_field_pictures(const FiniteElementSolution<2> &,
                                   const dealii::Function<2> &,
                                   Report &);
  template void add_field_pictures(const FiniteElementSolution<3> &,
                                   const dealii::Function<3> &,
                                   Report &);
} // namespace sobolev
