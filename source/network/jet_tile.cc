// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/network/jet_tile.h>
#include <sobolev/network/layer_kernels.h>
#include <sobolev/network/network.h>
#include <sobolev/network/point_tile.h>

#include <deal.II/base/exceptions.h>
#include <deal.II/base/memory_consumption.h>

#include <algorithm>
#include <array>

#include "jet_tile_field.h"

namespace sobolev
{
  namespace
  {
    // Points are padded to multiples of this, 64 bytes of numbers.
    template <typename Number>
    constexpr unsigned int granularity = 64 / sizeof(Number);



    unsigned int
    round_up(const unsigned int n, const unsigned int multiple)
    {
      return (n + multiple - 1) / multiple * multiple;
    }



    // Products of about 300 rows are efficient, and the buffers should leave
    // room for others in the caches, see doc/performance.md. Multiples of three
    // times the granularity fit the blocks of the matrix products.
    template <typename Number>
    unsigned int
    best_capacity(const Architecture &architecture, const JetSpecification &jet)
    {
      constexpr std::size_t  best_rows = 300;
      constexpr std::size_t  cache     = 2500000;
      constexpr unsigned int multiple  = 3 * granularity<Number>;

      const std::size_t C                 = jet.n_channels();
      std::size_t       widest            = architecture.n_first_inputs();
      std::size_t       numbers_per_point = C * widest;
      for (const unsigned int width : architecture.hidden_widths)
        {
          numbers_per_point += width * (2 * C + jet.order());
          widest = std::max<std::size_t>(widest, width);
        }
      numbers_per_point += 2 * C * widest;

      const std::size_t n =
        std::min(best_rows / C, cache / (numbers_per_point * sizeof(Number)));
      return std::max<unsigned int>(n / multiple * multiple, multiple);
    }
  } // namespace



  JetTile::JetTile(const Network          &network,
                   const JetSpecification &specification,
                   const unsigned int      capacity,
                   const Precision         precision)
    : jet(specification)
    , n_outputs(network.n_outputs())
    , n_layer_outputs(network.architecture().n_layer_outputs())
    , points(0)
    , padded_points(0)
  {
    const Architecture &architecture = network.architecture();
    const bool          is_double    = precision == Precision::double_precision;
    maximal_points =
      capacity == 0
        ? (is_double ? best_capacity<double>(architecture, jet)
                     : best_capacity<float>(architecture, jet))
        : round_up(capacity,
                   is_double ? granularity<double> : granularity<float>);

    const std::size_t n_jets = n_outputs * jet.n_channels();
    inputs.resize(network.n_inputs() * maximal_points);
    outputs.resize(n_jets * maximal_points);
    output_adjoints.resize(n_jets * maximal_points);
    n_known_functions = architecture.features.size() +
                        architecture.factors.size() +
                        architecture.offsets.size();
    known_jets.resize(n_known_functions * jet.n_channels() * maximal_points);
    if (n_known_functions > 0)
      known_points =
        std::make_unique<PointTile>(jet, network.n_inputs(), maximal_points);
    if (!architecture.waves.empty())
      sine = make_activation("sin");

    if (is_double)
      {
        double_buffers = std::make_unique<Buffers<double>>();
        allocate(network, *double_buffers);
      }
    else
      {
        single_buffers = std::make_unique<Buffers<float>>();
        allocate(network, *single_buffers);
      }
    for (const auto &field : network.fields)
      fields.push_back(
        field ? std::make_unique<Field>(*field, jet, maximal_points, precision)
              : nullptr);
  }



  JetTile::~JetTile() = default;



  template <typename Number>
  void
  JetTile::allocate(const Network &network, Buffers<Number> &buffers) const
  {
    const Architecture &architecture = network.architecture();
    const std::size_t   rows =
      jet.n_channels() * maximal_points + granularity<Number>;

    unsigned int widest = n_layer_outputs;
    for (const unsigned int width : architecture.hidden_widths)
      {
        typename Buffers<Number>::Layer layer;
        layer.z.resize(width * rows);
        layer.a.resize(width * rows);
        layer.f.resize(jet.order());
        for (auto &f : layer.f)
          f.resize(width * maximal_points);
        if (architecture.normalization == Architecture::Normalization::layer)
          layer.normalization = std::make_unique<LayerNormalization<Number>>(
            jet, width, maximal_points);
        buffers.hidden.push_back(std::move(layer));
        widest = std::max(widest, width);
      }
    buffers.first_layer.resize(architecture.n_first_inputs() * rows);
    buffers.last.resize(n_layer_outputs * rows);
    buffers.z_bar.resize(widest * rows);
    buffers.a_bar.resize(widest * rows);
    if (architecture.normalization == Architecture::Normalization::layer)
      {
        buffers.gain_rows.resize(widest * maximal_points);
        buffers.shift_rows.resize(widest * maximal_points);
      }
    if (!architecture.waves.empty())
      {
        buffers.wave_arguments.resize(rows);
        buffers.wave_derivatives.resize((jet.order() + 2) * maximal_points);
      }

    std::size_t largest = 0;
    for (const auto &layer : network.layout().layers())
      largest = std::max<std::size_t>(largest, (layer.n_in + 1) * layer.n_out);
    buffers.effective_gradient.resize(largest);
  }



  template <>
  JetTile::Buffers<double> &
  JetTile::buffers()
  {
    return *double_buffers;
  }



  template <>
  JetTile::Buffers<float> &
  JetTile::buffers()
  {
    return *single_buffers;
  }



  // Columns an odd number of cache lines apart do not compete for the same
  // places in the cache.
  template <typename Number>
  std::size_t
  JetTile::leading() const
  {
    const std::size_t rows = jet.n_channels() * padded_points;
    return rows / granularity<Number> % 2 == 1 ? rows
                                               : rows + granularity<Number>;
  }



  void
  JetTile::reinit(const unsigned int n_points)
  {
    Assert(n_points > 0, dealii::ExcMessage("A tile needs at least one point"));
    AssertIndexRange(n_points, maximal_points + 1);
    points        = n_points;
    known         = nullptr;
    padded_points = round_up(
      n_points, double_buffers ? granularity<double> : granularity<float>);
    for (const auto &field : fields)
      if (field)
        field->jets.reinit(n_points);
  }



  std::size_t
  JetTile::memory_consumption() const
  {
    const auto size = [](const auto &buffers) {
      std::size_t bytes = buffers.first_layer.memory_consumption() +
                          buffers.last.memory_consumption() +
                          buffers.z_bar.memory_consumption() +
                          buffers.a_bar.memory_consumption() +
                          buffers.wave_arguments.memory_consumption() +
                          buffers.wave_derivatives.memory_consumption() +
                          dealii::MemoryConsumption::memory_consumption(
                            buffers.effective_gradient);
      for (const auto &layer : buffers.hidden)
        {
          bytes += layer.z.memory_consumption() + layer.a.memory_consumption();
          for (const auto &f : layer.f)
            bytes += f.memory_consumption();
        }
      return bytes;
    };
    std::size_t bytes_of_fields = 0;
    for (const auto &field : fields)
      if (field)
        bytes_of_fields += field->jets.memory_consumption() +
                           field->derivatives.memory_consumption();
    return bytes_of_fields + sizeof(*this) + inputs.memory_consumption() +
           outputs.memory_consumption() + output_adjoints.memory_consumption() +
           known_jets.memory_consumption() +
           (known_points ? known_points->memory_consumption() : 0) +
           (double_buffers ? size(*double_buffers) : size(*single_buffers));
  }



  template <typename Number>
  void
  JetTile::fill_first_layer(const Architecture &architecture,
                            Buffers<Number>    &buffers)
  {
    const unsigned int n_inputs   = architecture.n_inputs();
    const unsigned int n_channels = jet.n_channels();
    const std::size_t  n          = padded_points;
    const std::size_t  column     = leading<Number>();

    // 1. Scaled inputs: constant first and no second derivatives.
    Number *a = buffers.first_layer.data();
    for (unsigned int i = 0; i < n_inputs; ++i)
      {
        const auto &omitted = architecture.omitted_inputs;
        if (std::find(omitted.begin(), omitted.end(), i) != omitted.end())
          continue;

        const double factor =
          2. / (architecture.upper[i] - architecture.lower[i]);
        const double *const x = &inputs[i * maximal_points];
        for (std::size_t p = 0; p < n; ++p)
          a[p] = factor * (x[p] - architecture.lower[i]) - 1.;
        std::fill(a + n, a + n_channels * n, Number(0.));
        for (unsigned int d = 0; d < jet.directions().size(); ++d)
          if (i < jet.directions()[d].size())
            std::fill_n(
              a + jet.first(d) * n, n, Number(factor * jet.directions()[d][i]));
        a += column;
      }

    // 2. Waves.
    fill_waves(
      architecture, (a - buffers.first_layer.data()) / column, buffers);
    a += 2 * architecture.waves.size() * column;

    // 3. Features.
    for (unsigned int m = 0; m < architecture.features.size(); ++m)
      std::copy_n(known + m * n_channels * n, n_channels * n, a + m * column);
  }



  void
  JetTile::pad_inputs()
  {
    for (unsigned int i = 0; i < inputs.size() / maximal_points; ++i)
      for (unsigned int p = points; p < padded_points; ++p)
        inputs[i * maximal_points + p] =
          inputs[i * maximal_points + points - 1];
  }



  void
  JetTile::compute_known_functions(const Network &network)
  {
    const Architecture &architecture = network.architecture();
    const std::size_t   size         = jet.n_channels() * padded_points;
    pad_inputs();
    if (n_known_functions > 0)
      known_points->reinit(inputs.data(), maximal_points, padded_points);
    double *values = known_jets.data();
    for (const auto *functions :
         {&architecture.features, &architecture.factors, &architecture.offsets})
      for (const auto &function : *functions)
        {
          if (function)
            function->evaluate_points(*known_points, values);
          values += size;
        }
    known = known_jets.data();
  }



  // cos(k.x) and sin(k.x): k.x has first derivatives only, and the derivatives
  // of the cosine are those of the sine, one order on.
  template <typename Number>
  void
  JetTile::fill_waves(const Architecture &architecture,
                      const unsigned int  first_column,
                      Buffers<Number>    &buffers)
  {
    const std::size_t  n     = padded_points;
    const unsigned int order = jet.order();
    Number            *z     = buffers.wave_arguments.data();

    std::array<Number *, JetSpecification::max_order + 2> f{};
    for (unsigned int k = 0; k < order + 2; ++k)
      f[k] = buffers.wave_derivatives.data() + k * maximal_points;

    Number *a = buffers.first_layer.data() + first_column * leading<Number>();
    for (const auto &wave : architecture.waves)
      {
        std::fill_n(z, jet.n_channels() * n, Number(0.));
        for (std::size_t p = 0; p < n; ++p)
          {
            double phase = 0.;
            for (unsigned int i = 0; i < wave.size(); ++i)
              phase += wave[i] * inputs[i * maximal_points + p];
            z[p] = phase;
          }
        for (unsigned int d = 0; d < jet.directions().size(); ++d)
          {
            const auto &direction = jet.directions()[d];
            double      slope     = 0.;
            for (unsigned int i = 0; i < direction.size(); ++i)
              slope += wave[i] * direction[i];
            std::fill_n(z + jet.first(d) * n, n, Number(slope));
          }

        sine->derivatives(z, n, order + 1, f.data());
        for (const unsigned int shift : {1u, 0u})
          {
            std::copy_n(f[shift], n, a);
            layer_kernels<Number>().apply_chain_rule(
              jet, n, f.data() + shift, z, a);
            a += leading<Number>();
          }
      }
  }



  template <typename Number>
  void
  JetTile::fill_outputs(const Architecture    &architecture,
                        const Buffers<Number> &buffers)
  {
    const std::size_t  n          = padded_points;
    const unsigned int n_channels = jet.n_channels();

    // 1. s N + m
    for (unsigned int o = 0; o < n_layer_outputs; ++o)
      {
        const Number *const last = buffers.last.data() + o * leading<Number>();
        double *const       u    = outputs.data() + o * n_channels * n;
        for (std::size_t k = 0; k < n_channels * n; ++k)
          u[k] = architecture.output_scale[o] * last[k];
        for (std::size_t p = 0; p < n; ++p)
          u[p] += architecture.output_shift[o];
      }

    // 2. Product with the factor, then the offset.
    const double *jets = known + architecture.features.size() * n_channels * n;
    for (unsigned int o = 0; o < architecture.factors.size(); ++o)
      {
        if (architecture.factors[o])
          multiply_jets(jets, outputs.data() + o * n_channels * n);
        jets += n_channels * n;
      }
    for (unsigned int o = 0; o < architecture.offsets.size(); ++o)
      {
        double *const u = outputs.data() + o * n_channels * n;
        if (architecture.offsets[o])
          for (std::size_t k = 0; k < n_channels * n; ++k)
            u[k] += jets[k];
        jets += n_channels * n;
      }
  }



  // u <- factor u; channels from the last to the first, because each depends on
  // those of lower order, which come before it.
  void
  JetTile::multiply_jets(const double *factor, double *u) const
  {
    const std::size_t n     = padded_points;
    const auto       &terms = jet.product();
    auto              end   = terms.end();
    for (unsigned int c = jet.n_channels(); c-- > 0;)
      {
        auto begin = end;
        while (begin != terms.begin() && (begin - 1)->channel == c)
          --begin;

        // The term with u_c itself first.
        for (std::size_t p = 0; p < n; ++p)
          u[c * n + p] *= factor[p];
        for (auto term = begin; term != end; ++term)
          if (term->right != c)
            for (std::size_t p = 0; p < n; ++p)
              u[c * n + p] += term->factor * factor[term->left * n + p] *
                              u[term->right * n + p];
        end = begin;
      }
  }



  template <typename Number>
  void
  JetTile::transpose_outputs(const Architecture &architecture,
                             Buffers<Number>    &buffers) const
  {
    const std::size_t  n          = padded_points;
    const unsigned int n_channels = jet.n_channels();
    for (unsigned int o = 0; o < n_layer_outputs; ++o)
      {
        Number *const z_bar = buffers.z_bar.data() + o * leading<Number>();
        const double *const u_bar = output_adjoints.data() + o * n_channels * n;
        const double        scale = architecture.output_scale[o];

        if (architecture.factors.empty() || !architecture.factors[o])
          for (std::size_t k = 0; k < n_channels * n; ++k)
            z_bar[k] = scale * u_bar[k];
        else
          {
            std::fill_n(z_bar, n_channels * n, Number(0.));
            const double *const factor =
              known + (architecture.features.size() + o) * n_channels * n;
            for (const auto &term : jet.product())
              for (std::size_t p = 0; p < n; ++p)
                z_bar[term.right * n + p] += scale * term.factor *
                                             factor[term.left * n + p] *
                                             u_bar[term.channel * n + p];
          }
      }
  }



  template std::size_t JetTile::leading<double>() const;
  template std::size_t JetTile::leading<float>() const;
  template void
  JetTile::fill_first_layer(const Architecture &, Buffers<double> &);
  template void
  JetTile::fill_first_layer(const Architecture &, Buffers<float> &);
  template void
  JetTile::fill_outputs(const Architecture &, const Buffers<double> &);
  template void
  JetTile::fill_outputs(const Architecture &, const Buffers<float> &);
  template void
  JetTile::transpose_outputs(const Architecture &, Buffers<double> &) const;
  template void
  JetTile::transpose_outputs(const Architecture &, Buffers<float> &) const;
} // namespace sobolev
