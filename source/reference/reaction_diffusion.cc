// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/exceptions.h>
#include <sobolev/reference/reaction_diffusion.h>

#include <deal.II/lac/dynamic_sparsity_pattern.h>
#include <deal.II/lac/sparse_direct.h>
#include <deal.II/lac/sparse_matrix.h>
#include <deal.II/lac/sparsity_pattern.h>
#include <deal.II/lac/vector.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <sstream>

namespace sobolev
{
  namespace
  {
    using State = std::vector<double>;

    // The method's coefficients; the last stage is the new solution, and the
    // diagonal is 1/4.
    constexpr unsigned int n_stages = 5;
    constexpr double       diagonal = 0.25;

    constexpr std::array<std::array<double, n_stages>, n_stages> weights{
      {{{0.25, 0., 0., 0., 0.}},
       {{0.5, 0.25, 0., 0., 0.}},
       {{17. / 50., -1. / 25., 0.25, 0., 0.}},
       {{371. / 1360., -137. / 2720., 15. / 544., 0.25, 0.}},
       {{25. / 24., -49. / 48., 125. / 16., -85. / 12., 0.25}}}};

    constexpr std::array<double, n_stages> stage_times{
      {0.25, 0.75, 11. / 20., 0.5, 1.}};



    // The largest change of an entry.
    double
    norm(const dealii::Vector<double> &update)
    {
      return update.linfty_norm();
    }



    /**
     * The equations in space, M dm(u)/dt = F(u, t), with the diagonal mass
     * matrix M.
     */
    template <int dim>
    class SpatialEquations
    {
    public:
      using Options = ReactionDiffusionOptions<dim>;

      SpatialEquations(const Options                       &options,
                       const std::vector<GaussLobattoLine> &lines);

      State make_initial() const;

      void impose_dirichlet(State &u, const double t) const;

      // M m(u).
      State storage(const State &u, const double t) const;

      // F(u, t).
      State rate(const State &u, const double t) const;

      // Solve M m(u) - step F(u, t) = known, beginning with u.
      void
      solve(State &u, const State &known, const double t, const double step);

    private:
      // Numbers of the nodes along the coordinates.
      std::array<unsigned int, dim> indices(const unsigned int node) const;

      // Terms that act at nodes: w f(x, t, u) is added to the values, the
      // factor times w df/du to the blocks.
      void add_term(const typename Options::Term    &term,
                    const std::vector<unsigned int> &nodes,
                    const std::vector<double>       &node_weights,
                    const State                     &u,
                    const double                     t,
                    const double                     factor,
                    State                           &values,
                    State                           *blocks) const;

      void factorize(const State &u, const double t, const double step);

      const Options                       &options;
      const std::vector<GaussLobattoLine> &lines;
      const unsigned int                   n_components;

      unsigned int                    n_nodes = 1;
      std::vector<dealii::Point<dim>> points;
      std::vector<double>             mass;
      std::vector<unsigned int>       all_nodes;

      // By face: nodes, and the mass of the face at each.
      std::array<std::vector<unsigned int>, 2 * dim> face_nodes;
      std::array<std::vector<double>, 2 * dim>       face_mass;
      std::vector<bool>                              is_fixed;

      // The matrix of Newton's method for a length of the step, zero for none.
      double                                       factorized_step = 0.;
      dealii::SparsityPattern                      pattern;
      dealii::SparseMatrix<double>                 stiffness, matrix;
      std::unique_ptr<dealii::SparseDirectUMFPACK> inverse;
    };



    template <int dim>
    SpatialEquations<dim>::SpatialEquations(
      const Options                       &options,
      const std::vector<GaussLobattoLine> &lines)
      : options(options)
      , lines(lines)
      , n_components(options.diffusion.size())
    {
      // 1. Nodes.
      for (const auto &line : lines)
        n_nodes *= line.n_nodes();
      for (unsigned int p = 0; p < n_nodes; ++p)
        {
          const auto         index = indices(p);
          dealii::Point<dim> x;
          double             product = 1.;
          for (unsigned int d = 0; d < dim; ++d)
            {
              x[d] = lines[d].node(index[d]);
              product *= lines[d].weight(index[d]);
            }
          points.push_back(x);
          mass.push_back(product);
          all_nodes.push_back(p);
          for (unsigned int d = 0; d < dim; ++d)
            for (const unsigned int side : {0, 1})
              if (index[d] == side * (lines[d].n_nodes() - 1))
                {
                  face_nodes[2 * d + side].push_back(p);
                  face_mass[2 * d + side].push_back(product /
                                                    lines[d].weight(index[d]));
                }
        }
      is_fixed.assign(n_components * n_nodes, false);
      for (const auto &condition : options.dirichlet)
        for (const unsigned int p : face_nodes[condition.face])
          is_fixed[condition.component * n_nodes + p] = true;

      // 2. The matrix of diffusion: only nodes on one line know each other,
      // and the unknowns at one node.
      const auto for_each_entry = [&](const auto &action) {
        for (unsigned int c = 0; c < n_components; ++c)
          for (unsigned int p = 0; p < n_nodes; ++p)
            {
              const auto   index  = indices(p);
              unsigned int stride = 1;
              for (unsigned int d = 0; d < dim; ++d)
                {
                  const double across = mass[p] / lines[d].weight(index[d]);
                  for (const auto &[j, k] : lines[d].stiffness(index[d]))
                    action(c * n_nodes + p,
                           c * n_nodes + p + j * stride - index[d] * stride,
                           options.diffusion[c] * k * across);
                  stride *= lines[d].n_nodes();
                }
            }
      };
      dealii::DynamicSparsityPattern entries(n_components * n_nodes);
      for_each_entry([&](const unsigned int i, const unsigned int j, double) {
        entries.add(i, j);
      });
      for (unsigned int c = 0; c < n_components; ++c)
        for (unsigned int d = 0; d < n_components; ++d)
          for (unsigned int p = 0; p < n_nodes; ++p)
            entries.add(c * n_nodes + p, d * n_nodes + p);
      pattern.copy_from(entries);
      stiffness.reinit(pattern);
      matrix.reinit(pattern);
      for_each_entry(
        [&](const unsigned int i, const unsigned int j, const double value) {
          stiffness.add(i, j, value);
        });
    }



    template <int dim>
    std::array<unsigned int, dim>
    SpatialEquations<dim>::indices(const unsigned int node) const
    {
      std::array<unsigned int, dim> index;
      unsigned int                  rest = node;
      for (unsigned int d = 0; d < dim; ++d)
        {
          index[d] = rest % lines[d].n_nodes();
          rest /= lines[d].n_nodes();
        }
      return index;
    }



    template <int dim>
    State
    SpatialEquations<dim>::make_initial() const
    {
      State u;
      for (unsigned int c = 0; c < n_components; ++c)
        for (const auto &x : points)
          u.push_back(options.initial(x, c));
      impose_dirichlet(u, 0.);
      return u;
    }



    template <int dim>
    void
    SpatialEquations<dim>::impose_dirichlet(State &u, const double t) const
    {
      for (const auto &condition : options.dirichlet)
        for (const unsigned int p : face_nodes[condition.face])
          u[condition.component * n_nodes + p] = condition.value(points[p], t);
    }



    template <int dim>
    void
    SpatialEquations<dim>::add_term(const typename Options::Term    &term,
                                    const std::vector<unsigned int> &nodes,
                                    const std::vector<double> &node_weights,
                                    const State               &u,
                                    const double               t,
                                    const double               factor,
                                    State                     &values,
                                    State                     *blocks) const
    {
      const unsigned int              n = nodes.size(), k = n_components;
      std::vector<dealii::Point<dim>> x;
      State local_u(k * n), local_values(k * n), local_derivatives(k * k * n);
      for (const unsigned int p : nodes)
        x.push_back(points[p]);
      for (unsigned int c = 0; c < k; ++c)
        for (unsigned int i = 0; i < n; ++i)
          local_u[c * n + i] = u[c * n_nodes + nodes[i]];

      term(x,
           t,
           dealii::ArrayView<const double>(local_u.data(), local_u.size()),
           dealii::make_array_view(local_values),
           dealii::make_array_view(local_derivatives));

      for (unsigned int c = 0; c < k; ++c)
        for (unsigned int i = 0; i < n; ++i)
          values[c * n_nodes + nodes[i]] +=
            node_weights[i] * local_values[c * n + i];
      if (blocks == nullptr)
        return;
      for (unsigned int cd = 0; cd < k * k; ++cd)
        for (unsigned int i = 0; i < n; ++i)
          (*blocks)[cd * n_nodes + nodes[i]] +=
            factor * node_weights[i] * local_derivatives[cd * n + i];
    }



    template <int dim>
    State
    SpatialEquations<dim>::storage(const State &u, const double t) const
    {
      State values(u.size(), 0.);
      if (options.storage)
        add_term(options.storage, all_nodes, mass, u, t, 1., values, nullptr);
      else
        for (std::size_t i = 0; i < u.size(); ++i)
          values[i] = mass[i % n_nodes] * u[i];
      return values;
    }



    template <int dim>
    State
    SpatialEquations<dim>::rate(const State &u, const double t) const
    {
      dealii::Vector<double> product(u.size());
      stiffness.vmult(product, dealii::Vector<double>(u.begin(), u.end()));
      State values(u.size());
      for (std::size_t i = 0; i < u.size(); ++i)
        values[i] = -product[i];
      if (options.reaction)
        add_term(options.reaction, all_nodes, mass, u, t, 1., values, nullptr);
      for (const auto &flux : options.fluxes)
        add_term(flux.flux,
                 face_nodes[flux.face],
                 face_mass[flux.face],
                 u,
                 t,
                 1.,
                 values,
                 nullptr);
      return values;
    }



    // dm/du M - step dF/du, with the identity for fixed values.
    template <int dim>
    void
    SpatialEquations<dim>::factorize(const State &u,
                                     const double t,
                                     const double step)
    {
      const unsigned int k = n_components;
      State              blocks(k * k * n_nodes, 0.), unused(u.size(), 0.);
      if (options.storage)
        add_term(options.storage, all_nodes, mass, u, t, 1., unused, &blocks);
      else
        for (unsigned int c = 0; c < k; ++c)
          std::copy(
            mass.begin(), mass.end(), blocks.begin() + (c * k + c) * n_nodes);
      if (options.reaction)
        add_term(
          options.reaction, all_nodes, mass, u, t, -step, unused, &blocks);
      for (const auto &flux : options.fluxes)
        add_term(flux.flux,
                 face_nodes[flux.face],
                 face_mass[flux.face],
                 u,
                 t,
                 -step,
                 unused,
                 &blocks);

      matrix = 0.;
      matrix.add(step, stiffness);
      for (unsigned int c = 0; c < k; ++c)
        for (unsigned int d = 0; d < k; ++d)
          for (unsigned int p = 0; p < n_nodes; ++p)
            matrix.add(c * n_nodes + p,
                       d * n_nodes + p,
                       blocks[(c * k + d) * n_nodes + p]);
      for (std::size_t i = 0; i < u.size(); ++i)
        if (is_fixed[i])
          for (auto entry = matrix.begin(i); entry != matrix.end(i); ++entry)
            entry->value() = entry->column() == i ? 1. : 0.;

      inverse = std::make_unique<dealii::SparseDirectUMFPACK>();
      inverse->initialize(matrix);
      factorized_step = step;
    }



    template <int dim>
    void
    SpatialEquations<dim>::solve(State       &u,
                                 const State &known,
                                 const double t,
                                 const double step)
    {
      constexpr double       tolerance      = 1e-9;
      constexpr double       slow           = 0.05;
      constexpr unsigned int max_iterations = 40;

      impose_dirichlet(u, t);
      bool is_fresh = false;
      if (!inverse || std::abs(factorized_step / step - 1.) > 1e-12)
        {
          factorize(u, t, step);
          is_fresh = true;
        }

      double last = 0.;
      for (unsigned int k = 0; k < max_iterations; ++k)
        {
          const State            m = storage(u, t), f = rate(u, t);
          dealii::Vector<double> update(u.size());
          for (std::size_t i = 0; i < u.size(); ++i)
            update[i] = is_fixed[i] ? 0. : known[i] - m[i] + step * f[i];
          inverse->solve(update);
          double largest = 0.;
          for (std::size_t i = 0; i < u.size(); ++i)
            {
              u[i] += update[i];
              largest = std::max(largest, std::abs(u[i]));
            }

          // The error is at most size * ratio / (1 - ratio) if updates go on
          // to shrink like this.
          const double size  = norm(update);
          const double ratio = k > 0 ? size / last : 1.;
          if (!std::isfinite(size))
            break;
          if (size <= 1e-14 * largest ||
              (ratio < 0.9 &&
               size * ratio / (1. - ratio) <= tolerance * largest))
            return;
          if (k > 0 && ratio > slow && !(is_fresh && ratio < 0.5))
            {
              factorize(u, t, step);
              is_fresh = true;
            }
          last = size;
        }
      std::ostringstream sentence;
      sentence << "Newton's method for the reaction-diffusion reference did "
                  "not converge at the time "
               << t << "; more steps may help.";
      throw ComputationError(sentence.str());
    }



    template <int dim>
    std::vector<GaussLobattoLine>
    make_lines(const ReactionDiffusionOptions<dim> &options)
    {
      std::vector<GaussLobattoLine> lines;
      for (unsigned int d = 0; d < dim; ++d)
        lines.emplace_back(
          options.lower[d], options.upper[d], options.n_cells, options.degree);
      return lines;
    }
  } // namespace



  template <int dim>
  ReactionDiffusion<dim>::ReactionDiffusion(const Options &options)
    : dealii::Function<dim + 1>(options.diffusion.size())
    , lines(make_lines(options))
  {
    Assert(options.n_steps >= 4,
           dealii::ExcMessage("There must be at least four steps."));
    SpatialEquations<dim> equations(options, lines);
    times.push_back(0.);
    states.push_back(equations.make_initial());

    for (unsigned int k = 1; k <= options.n_steps; ++k)
      {
        const double begin = times.back();
        const double end =
          options.end_time *
          std::pow(static_cast<double>(k) / options.n_steps, options.grading);
        const double                step = end - begin;
        State                       u    = states.back();
        const State                 m    = equations.storage(u, begin);
        std::array<State, n_stages> rates;
        for (unsigned int s = 0; s < n_stages; ++s)
          {
            State known = m;
            for (unsigned int r = 0; r < s; ++r)
              for (std::size_t i = 0; i < known.size(); ++i)
                known[i] += step * weights[s][r] * rates[r][i];
            const double t = begin + stage_times[s] * step;
            equations.solve(u, known, t, diagonal * step);
            rates[s] = equations.rate(u, t);
          }
        times.push_back(end);
        states.push_back(u);
      }
  }



  template <int dim>
  double
  ReactionDiffusion<dim>::value(const dealii::Point<dim + 1> &point,
                                const unsigned int            component) const
  {
    // 1. In time: four steps around it.
    const double t = point[dim];
    Assert(t >= 0. && t <= times.back() * (1. + 1e-12),
           dealii::ExcMessage("The time is not in the interval."));
    const auto next =
      std::upper_bound(times.begin(), times.end(), t) - times.begin();
    const std::size_t first = std::clamp<std::ptrdiff_t>(
      next - 2, 0, static_cast<std::ptrdiff_t>(times.size()) - 4);
    std::array<double, 4> in_time;
    for (unsigned int i = 0; i < 4; ++i)
      {
        in_time[i] = 1.;
        for (unsigned int j = 0; j < 4; ++j)
          if (j != i)
            in_time[i] *=
              (t - times[first + j]) / (times[first + i] - times[first + j]);
      }

    // 2. In space: the combinations of the lines, multiplied.
    GaussLobattoLine::Combination shapes{{0, 1.}};
    unsigned int                  stride = 1;
    for (unsigned int d = 0; d < dim; ++d)
      {
        GaussLobattoLine::Combination product;
        for (const auto &[j, factor] : lines[d].interpolate(point[d]))
          for (const auto &[i, other] : shapes)
            product.emplace_back(i + j * stride, factor * other);
        shapes = product;
        stride *= lines[d].n_nodes();
      }

    double sum = 0.;
    for (unsigned int i = 0; i < 4; ++i)
      {
        const double *state = states[first + i].data() + component * stride;
        for (const auto &[node, shape] : shapes)
          sum += in_time[i] * shape * state[node];
      }
    return sum;
  }



  template class ReactionDiffusion<1>;
  template class ReactionDiffusion<2>;
} // namespace sobolev
